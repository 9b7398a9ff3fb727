import type { Candidate, ImageRef } from "../records/index.js";

/** The one interface that every layer and every client of the teacher's stack has. */

export type Content = { readonly type: "text"; readonly text: string } | { readonly type: "image"; readonly image: ImageRef };

export interface Message {
	readonly role: "system" | "user" | "assistant";
	readonly content: readonly Content[];
}

export interface Sampling {
	readonly temperature: number;
	readonly topP?: number;
	readonly maxOutputTokens: number;
	/** Follows from the attempt number, so that a second attempt is not the first again. */
	readonly seed: number;
}

/** A chat request. Model, sampling, messages, schema, attempt and salt make its ledger key; `about` and `priority` do not. */
export interface TeacherRequest {
	readonly model: string;
	readonly messages: readonly Message[];
	readonly sampling: Sampling;
	/** The JSON Schema that the reply should follow; absent: plain text. */
	readonly schema?: { readonly name: string; readonly json: Readonly<Record<string, unknown>> };
	/** 1 for the first time of asking. */
	readonly attempt: number;
	/** Whatever else the reply depends on: the scripted teacher's evidence, as a hash. */
	readonly salt?: string;
	/** Who asks: for logs, for `show` and for the scripted teacher. Neither sent nor part of the key. */
	readonly about: { readonly pipeline: string; readonly stage: string; readonly candidate: Candidate };
	/** Higher goes first: a started record before new ones. */
	readonly priority: number;
}

/** As the server counts it. @unit tokens */
export interface Usage {
	readonly inputTokens: number;
	readonly outputTokens: number;
	/** Of the input: read from the server's prefix cache. */
	readonly cachedTokens?: number;
	/** Of the output: a reasoning model's thoughts. */
	readonly reasoningTokens?: number;
}

export interface TeacherReply {
	readonly type: "reply";
	/** Without a reasoning model's thoughts. */
	readonly text: string;
	/** The thoughts, where the server sends them. Never part of a row. */
	readonly reasoning?: string;
	/** `stop` where all is well. */
	readonly finishReason: "stop" | "length" | "content-filter" | "refusal" | "other";
	readonly usage?: Usage;
	/** Wall time of the request that was answered. @unit milliseconds */
	readonly latencyMs?: number;
}

/** A failure that the request's content causes, or that only this request keeps meeting. Final: kept in the ledger. */
export interface TeacherFailure {
	readonly type: "failure";
	/** A reason code: `request-refused` (HTTP 400, 413, 422 ...), `request-failed` (kept failing while others were answered). */
	readonly reason: string;
	readonly detail: string;
}

export type TeacherAnswer = TeacherReply | TeacherFailure;

/**
 * Whatever answers a chat request. Layers wrap a teacher and are teachers themselves.
 * @throws CandorError (exit 4) where the teacher is unreachable or unauthorised: an outage never becomes an answer.
 */
export interface Teacher {
	ask(request: TeacherRequest, signal: AbortSignal): Promise<TeacherAnswer>;
	close(): Promise<void>;
}
