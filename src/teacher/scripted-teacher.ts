import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { type Candidate, configurationError, messageOf, scenarioSchema, timingSchema } from "../records/index.js";
import type { Teacher, TeacherAnswer, TeacherRequest } from "./teacher.js";

/** The name that rows carry for the built-in teacher. */
export const scriptedModel = "scripted";

const framesSchema = z.array(z.strictObject({ id: z.string(), text: z.string().min(1) })).min(1);
const byScenarioSchema = z.partialRecord(scenarioSchema, z.partialRecord(timingSchema, framesSchema));
const scriptSchema = z.strictObject({
	version: z.int(),
	textualize: framesSchema,
	reflect: byScenarioSchema,
	conclude: byScenarioSchema,
	respond: byScenarioSchema,
});
type Script = z.infer<typeof scriptSchema>;

export interface ScriptedTeacherOptions {
	/** The file with the sentence frames. */
	readonly framesPath: string;
	/** Fills a frame's slots. */
	readonly render: (template: string, slots: Readonly<Record<string, string>>) => string;
	/** How the dialogue writes an answer: `(B) red` or `"red"`. */
	readonly renderAnswer: (answer: string, candidate: Candidate) => string;
}

/**
 * Stands in for a real model, offline: composes replies from a question's evidence sentences. It knows the truth from the
 * candidate that travels beside the request, and rejects questions without evidence. Rows made by it say so.
 */
export function createScriptedTeacher(options: ScriptedTeacherOptions): Teacher {
	const script = loadScript(options.framesPath);
	return {
		async ask(request) {
			return answer(request, script, options);
		},
		async close() {},
	};
}

/** What a scripted reply depends on besides the request: part of the request's key, so that edited evidence is asked anew. */
export function scriptedSalt(candidate: Candidate): string {
	const { answer: gold, evidence } = candidate.question;
	return hash("sha256", JSON.stringify([gold, evidence ?? []]), "hex").slice(0, 16);
}

function loadScript(path: string): Script {
	try {
		return scriptSchema.parse(parse(readFileSync(path, "utf8")));
	} catch (error) {
		const detail = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
		throw configurationError(`${path}: cannot be used: ${detail}`, "restore the file, or fix the field it names", error);
	}
}

function answer(request: TeacherRequest, script: Script, options: ScriptedTeacherOptions): TeacherAnswer {
	const { candidate, stage } = request.about;
	const evidence = candidate.question.evidence ?? [];
	const reason = evidence.at(-1);
	if (reason === undefined) {
		return {
			type: "failure",
			reason: "no-evidence",
			detail: `question ${candidate.question.id} has no evidence sentences, which are all that the scripted teacher can answer from`,
		};
	}
	const { scenario } = candidate.cell;
	// After the second round there is nothing else to say.
	const timing = candidate.cell.timing === "one-round" ? "one-round" : "two-round";
	const frames = stage === "textualize" ? script.textualize : stageFrames(script, stage)?.[scenario]?.[timing];
	if (frames === undefined) {
		return { type: "failure", reason: "not-scripted", detail: `the scripted teacher has nothing to say in stage ${stage}` };
	}
	const write = (text: string | undefined) => (text === undefined ? "" : options.renderAnswer(text, candidate));
	const text = options.render(pickFrame(frames, request, candidate), {
		sentences: evidence.join(" "),
		evidence: reason,
		answer: write(candidate.question.answer),
		claim: write(candidate.claim),
		standing: write(candidate.standing),
	});
	return { type: "reply", finishReason: "stop", text: wrap(stage, text, candidate) };
}

function stageFrames(script: Script, stage: string) {
	if (stage === "reflect") return script.reflect;
	if (stage === "conclude") return script.conclude;
	return stage === "respond" ? script.respond : undefined;
}

/** The same request gets the same frame, and another attempt another one. */
function pickFrame(frames: readonly { text: string }[], request: TeacherRequest, candidate: Candidate): string {
	// A description is shared by the dialogues of a question, so that it may depend on the question only.
	const who = request.about.stage === "textualize" ? `${candidate.question.source} ${candidate.question.id} ${request.salt}` : candidate.group;
	const digest = hash("sha256", `${who} ${request.about.stage} ${request.attempt}`, "buffer");
	return frames[digest.readUInt32LE(0) % frames.length]?.text ?? "";
}

function wrap(stage: string, text: string, candidate: Candidate): string {
	if (stage === "textualize") return text;
	return JSON.stringify(stage === "reflect" ? { reflection: text, verdict: candidate.verdict } : { answer: candidate.question.answer, reply: text });
}
