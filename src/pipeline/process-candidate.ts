import { z } from "zod";
import {
	type Candidate,
	CandorError,
	type ImageRef,
	isRejection,
	messageOf,
	type Outcome,
	type Rejection,
	type Row,
	reject,
	rowSchema,
} from "../records/index.js";
import { replyProblem, type Teacher, type TeacherReply, type TeacherRequest } from "../teacher/index.js";
import type { Pipeline } from "./compose.js";
import type { Prompt } from "./load-prompt.js";
import { priorityOf } from "./order-pictures.js";
import { random } from "./random.js";
import { maxRoomTokens, retryRuleOf } from "./retry-policy.js";
import type { AskInput, BaseRecord, StageContext, StageSettings } from "./stage.js";

/** A fault that a rule found in a finished row; `stage` is the one to ask again. */
export interface RowFault {
	readonly reason: string;
	readonly detail: string;
	readonly stage?: string;
}

type Sampling = Omit<TeacherRequest["sampling"], "seed">;

/** What processing needs from the world. */
export interface ProcessingTools {
	readonly seed: number;
	readonly maxAttempts: number;
	/** Attempts that a candidate was given beyond those, and beyond what {@link retryRuleOf} allows. @default 0 */
	readonly grantedTo?: (candidate: Candidate) => number;
	readonly settings: StageSettings;
	readonly sampling: Sampling;
	readonly teacher: Teacher;
	/** The model that will be trained; absent where no stage asks it. */
	readonly student?: { readonly model: string; readonly sampling: Sampling; readonly teacher: Teacher };
	/** What the scripted teacher's replies depend on besides the request; absent for real teachers. */
	readonly saltOf?: (candidate: Candidate) => string;
	readonly prompt: (name: string) => Prompt;
	readonly ingest: (candidate: Candidate) => Promise<{ image: ImageRef } | { rejection: Rejection }>;
	readonly checkRow: (row: Row) => readonly RowFault[];
	/** Aborted: nothing new is asked. */
	readonly signal: AbortSignal;
	/** Aborted: what is in flight is broken off. */
	readonly hardSignal: AbortSignal;
}

/**
 * Takes one candidate through a pipeline: stages, then rules. A stage that fails, or that a rule blames, is asked again with the
 * next attempt number, and those after it with it, while attempts last and {@link retryRuleOf} lets it.
 * @throws CandorError for an outage, and the signal's reason when the run is stopped: neither is an outcome
 */
export async function processCandidate(pipeline: Pipeline, candidate: Candidate, tools: ProcessingTools): Promise<Outcome> {
	const ingested = await tools.ingest(candidate);
	if (isRejection(ingested)) return { type: "rejection", rejection: ingested.rejection, attempts: 1 };
	const { image } = ingested;
	const base: BaseRecord & Record<string, unknown> = { candidate, image };
	const granted = tools.grantedTo?.(candidate) ?? 0;
	const attempts = pipeline.stages.map(() => 1);
	/** By stage: how many times as long as usual its reply may be. */
	const rooms = pipeline.stages.map(() => 1);
	/** By reason and stage: how often it has come to that. */
	const met = new Map<string, number>();
	const records: (BaseRecord & Record<string, unknown>)[] = [base];
	const lastReply: { text?: string } = {};
	let position = 0;
	for (;;) {
		const stage = pipeline.stages[position];
		const record = records[position] ?? base;
		let fault: Rejection | undefined;
		if (stage !== undefined) {
			const context = contextFor(pipeline, position, candidate, { attempt: attempts[position] ?? 1, room: rooms[position] ?? 1 }, tools, lastReply);
			const given = await runStage(() => stage.run(record, context), stage.name);
			if (!isRejection(given)) {
				records[position + 1] = { ...record, ...given };
				position++;
				continue;
			}
			fault = given.rejection;
		} else {
			const built = buildRow(() => pipeline.toRow(record, rowFacts(pipeline, candidate, image, attempts, record, tools)));
			if (isRejection(built)) return { type: "rejection", rejection: built.rejection, attempts: Math.max(...attempts, 1) };
			const [first] = tools.checkRow(built);
			if (first === undefined) return { type: "row", row: built };
			fault = { ...first };
		}
		const rule = retryRuleOf(fault.reason);
		const blamed = rule.isFailure === true ? position : pipeline.stages.findIndex(({ name }) => name === fault.stage);
		const attempt = attempts[blamed];
		const times = (met.get(`${fault.reason} ${blamed}`) ?? 0) + 1;
		met.set(`${fault.reason} ${blamed}`, times);
		if (attempt === undefined || attempt >= tools.maxAttempts + granted || times > rule.again + granted) {
			// A request that has no reply is not to be blamed on what an earlier stage said.
			const reply = rule.isFailure === true ? undefined : (fault.reply ?? lastReply.text);
			return { type: "rejection", rejection: { ...fault, ...(reply === undefined ? {} : { reply }) }, attempts: Math.max(...attempts, 1) };
		}
		if (rule.doublesRoom === true) rooms[blamed] = (rooms[blamed] ?? 1) * 2;
		attempts.fill(attempt + 1, blamed);
		position = blamed;
	}
}

async function runStage(run: () => Promise<object>, name: string): Promise<object> {
	try {
		return await run();
	} catch (error) {
		if (error instanceof CandorError || isAbort(error)) throw error;
		// A stage that throws must not take the run with it: its candidate is rejected, and the funnel shows how often.
		return reject("stage-failed", `stage ${name}: ${inOneLine(error)}`);
	}
}

/** The row, or a rejection where a user's own pipeline throws as it writes it, or writes something else. */
function buildRow(build: () => Row): Row | { rejection: Rejection } {
	try {
		const row = build();
		const { error } = rowSchema.safeParse(row);
		return error === undefined ? row : reject("row-failed", `toRow gave something that is no row: ${inOneLine(error)}`);
	} catch (error) {
		return reject("row-failed", `toRow failed: ${inOneLine(error)}`);
	}
}

function inOneLine(error: unknown): string {
	return (error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error)).replace(/\s*\n\s*/g, "; ");
}

/** Thrown where a run that is being stopped would ask for something new. */
export class Stopped extends Error {
	constructor() {
		super("the run is being stopped");
		this.name = "AbortError";
	}
}

function isAbort(error: unknown): boolean {
	return error instanceof Error && error.name === "AbortError";
}

function contextFor(
	pipeline: Pipeline,
	position: number,
	candidate: Candidate,
	{ attempt, room }: { readonly attempt: number; readonly room: number },
	tools: ProcessingTools,
	lastReply: { text?: string },
): StageContext {
	const stage = pipeline.stages[position]?.name ?? "";
	return {
		random: (purpose) => random(tools.seed, candidate.group, `${stage}:${purpose}`),
		attempt,
		prompt: tools.prompt,
		settings: tools.settings,
		ask: (input) => askModel(input, tools.settings.teacherModel, tools.sampling, tools.teacher),
		askStudent(input) {
			if (tools.student === undefined) throw new Error(`stage ${stage} asks the student, and the config names none`);
			return askModel(input, tools.student.model, tools.student.sampling, tools.student.teacher);
		},
	};

	async function askModel(input: AskInput, model: string, sampling: Sampling, teacher: Teacher): Promise<TeacherReply | { rejection: Rejection }> {
		if (tools.signal.aborted) throw new Stopped();
		const salt = [tools.saltOf?.(candidate), input.salt].filter((part) => part !== undefined).join(":");
		const maxOutputTokens = input.maxOutputTokens ?? sampling.maxOutputTokens;
		const request: TeacherRequest = {
			model,
			messages: input.messages,
			sampling: {
				...sampling,
				...(input.temperature === undefined ? {} : { temperature: input.temperature }),
				maxOutputTokens: Math.max(maxOutputTokens, Math.min(maxOutputTokens * room, maxRoomTokens)),
				seed: random(tools.seed, stage, `attempt ${attempt}`).below(2_147_483_647),
			},
			...(input.schema === undefined ? {} : { schema: input.schema }),
			attempt,
			...(salt === "" ? {} : { salt }),
			about: { pipeline: pipeline.name, stage, candidate },
			priority: priorityOf(position, candidate.question.image),
		};
		const answer = await teacher.ask(request, tools.hardSignal);
		if (answer.type === "failure") return { rejection: { reason: answer.reason, detail: answer.detail, stage } };
		lastReply.text = answer.text;
		const problem = replyProblem(answer);
		if (problem !== undefined) return { rejection: { ...problem, stage, reply: answer.text } };
		return answer;
	}
}

function rowFacts(
	pipeline: Pipeline,
	candidate: Candidate,
	image: ImageRef,
	attempts: readonly number[],
	record: Record<string, unknown>,
	tools: ProcessingTools,
): Parameters<Pipeline["toRow"]>[1] {
	const asked = pipeline.asksTeacher(tools.settings);
	const promptNames = asked ? [...new Set(pipeline.stages.flatMap(({ prompts }) => prompts))] : [];
	return {
		candidate,
		image,
		pipeline: pipeline.name,
		attempts: Math.max(...attempts, 1),
		hinted: asked && tools.settings.hint === "always",
		goldCheck: record.goldCheck === "passed" ? "passed" : "off",
		teacher: asked ? tools.settings.teacherModel : "templates",
		scripted: asked && tools.settings.scripted,
		promptHashes: Object.fromEntries(promptNames.map((name) => [name, tools.prompt(name).hash.slice(0, 16)])),
	};
}
