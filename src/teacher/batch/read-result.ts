import { z } from "zod";
import { messageOf } from "../../records/index.js";
import { classifyFailure, type Fault } from "../classify-failure.js";
import { parseCompletion } from "../parse-completion.js";
import { describeBody } from "../server-message.js";
import type { TeacherAnswer } from "../teacher.js";
import { TransportError } from "../transport-error.js";

/** What a result comes to: an answer, final; a setting that the server refuses; or something that another round may mend. */
export type BatchResult =
	| { readonly type: "answer"; readonly answer: TeacherAnswer }
	| Extract<Fault, { type: "settings" }>
	/** `counts`: it was tried and failed, rather than never been reached. */
	| { readonly type: "pending"; readonly detail: string; readonly counts: boolean };

/** Loose: OpenAI's lines have more, vLLM's `run_batch` leaves the body out of a failure and puts its message into `error`. */
const resultSchema = z.looseObject({
	custom_id: z.string(),
	response: z.looseObject({ status_code: z.number().default(200), body: z.unknown().optional() }).nullish(),
	error: z.unknown().optional(),
});
const codeSchema = z.looseObject({ code: z.string() });

/** What is said of a request that a batch ended without (OpenAI's batch_expired and batch_cancelled). */
const unreachedPattern = /expired|cancell?ed/i;

export interface ReadOptions {
	readonly model: string;
	readonly apiKeyEnv: string;
	readonly apiKey?: string;
}

/** Reads a line of a batch's output or error file. @returns nothing where the value is no such line */
export function readBatchResult(value: unknown, options: ReadOptions): { readonly key: string; readonly result: BatchResult } | undefined {
	const { data } = resultSchema.safeParse(value);
	return data === undefined ? undefined : { key: data.custom_id, result: judge(data, options) };
}

function judge({ response, error }: z.infer<typeof resultSchema>, options: ReadOptions): BatchResult {
	const { apiKey } = options;
	if (response == null) {
		const code = codeSchema.safeParse(error).data?.code ?? "";
		return { type: "pending", detail: describe(error, apiKey), counts: !unreachedPattern.test(code) };
	}
	const { status_code: status, body } = response;
	if (status >= 200 && status < 300) {
		try {
			return { type: "answer", answer: parseCompletion(body, apiKey) };
		} catch (thrown) {
			return { type: "pending", detail: messageOf(thrown), counts: true };
		}
	}
	const detail = `${status} ${describe(body ?? error, apiKey)}`;
	const fault = classifyFailure(new TransportError("status", detail, { status }), options);
	if (fault.type === "settings") return fault;
	if (fault.type === "request") return { type: "answer", answer: { type: "failure", reason: "request-refused", detail } };
	return { type: "pending", detail, counts: true };
}

function describe(value: unknown, secret: string | undefined): string {
	return describeBody(typeof value === "string" ? value : (JSON.stringify(value ?? "") ?? ""), secret);
}
