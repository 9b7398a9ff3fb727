import type { ImageFamily, TokenEstimate } from "../teacher/image-tokens.js";
import { estimateInputTokens, type LedgerReader, Pending, requestKey, type Teacher, type TeacherAnswer, type TeacherRequest } from "../teacher/index.js";

/** A request that a plan has met for the first time. */
export interface PlannedRequest {
	readonly pipeline: string;
	readonly stage: string;
	readonly attempt: number;
	readonly role: "teacher" | "student";
	readonly input: TokenEstimate;
	readonly maxOutputTokens: number;
	/** What the ledger holds; absent: it is still to be asked. */
	readonly held?: TeacherAnswer;
}

export interface PlanningOptions {
	/** Absent: nothing has been asked yet. */
	readonly ledger: Pick<LedgerReader, "get"> | undefined;
	readonly role: PlannedRequest["role"];
	readonly imageTokens: ImageFamily | number | undefined;
	/** How long a stage's replies are thought to be. @unit tokens */
	readonly outputTokensOf: (stage: string, maxOutputTokens: number) => number;
	/** Told of every request once, however many ask the same. */
	readonly onRequest: (request: PlannedRequest) => void;
	/** Told each time that what is held, or a stand-in, is handed out. */
	readonly onAnswer: (request: TeacherRequest, isHeld: boolean) => void;
}

/**
 * Asks nobody: answers from the ledger, and for all else notes the request and hands out a stand-in that lets the next stage go on.
 * @throws Pending where a stage would not take a stand-in and asks again: its way through the pipeline ends there
 */
export function createPlanningTeacher(options: PlanningOptions): Teacher {
	const met = new Set<string>();
	/** Stages of a candidate that have had a stand-in. */
	const standIns = new WeakMap<TeacherRequest["about"]["candidate"], Set<string>>();

	return {
		async ask(request) {
			const { about, sampling, attempt } = request;
			const key = requestKey(request);
			const held = options.ledger?.get(key)?.answer;
			const had = standIns.get(about.candidate) ?? new Set();
			const place = `${about.pipeline} ${about.stage}`;
			if (held === undefined && attempt > 1 && had.has(place)) throw new Pending();
			if (!met.has(key)) {
				met.add(key);
				options.onRequest({
					pipeline: about.pipeline,
					stage: about.stage,
					attempt,
					role: options.role,
					input: estimateInputTokens(request, options.imageTokens),
					maxOutputTokens: sampling.maxOutputTokens,
					...(held === undefined ? {} : { held }),
				});
			}
			options.onAnswer(request, held !== undefined);
			if (held !== undefined) return held;
			standIns.set(about.candidate, had.add(place));
			const text = options.role === "student" ? filler(40) : writeStandIn(request, options.outputTokensOf(about.stage, sampling.maxOutputTokens));
			return { type: "reply", text, finishReason: "stop" };
		},
		async close() {},
	};
}

/** As the stage's schema wants it, with what the candidate says is right where the field's name tells what it is. */
function writeStandIn({ schema, about: { candidate } }: TeacherRequest, outputTokens: number): string {
	const length = Math.max(24, Math.round(outputTokens * 3.5));
	if (schema === undefined) return filler(length);
	const { properties } = schema.json;
	const fields = typeof properties === "object" && properties !== null ? Object.entries(properties) : [];
	const known: Readonly<Record<string, unknown>> = { verdict: candidate.verdict, answer: candidate.question.answer, right: [candidate.question.answer] };
	const free = fields.filter(([name, field]) => known[name] === undefined && typeOf(field) === "string").length;
	const room = Math.max(24, Math.floor((length - 16 * fields.length) / Math.max(1, free)));
	return JSON.stringify(Object.fromEntries(fields.map(([name, field]) => [name, known[name] ?? valueFor(field, room)])));
}

function typeOf(field: unknown): unknown {
	return typeof field === "object" && field !== null && "type" in field ? field.type : undefined;
}

function valueFor(field: unknown, length: number): unknown {
	if (typeof field === "object" && field !== null && "enum" in field && Array.isArray(field.enum)) return field.enum[0];
	switch (typeOf(field)) {
		case "number":
		case "integer":
			return 1;
		case "boolean":
			return true;
		case "array":
			return [];
		case "object":
			return {};
		default:
			return filler(length);
	}
}

const sentence = "The picture shows this in plain view of everyone who looks. ";

function filler(length: number): string {
	return sentence
		.repeat(Math.ceil(length / sentence.length))
		.slice(0, length)
		.trim();
}
