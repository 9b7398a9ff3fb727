import type { z } from "zod";
import type { Candidate, ImageRef, Rejection } from "../records/index.js";
import type { Message, TeacherReply } from "../teacher/index.js";
import type { Prompt } from "./load-prompt.js";
import type { Random } from "./random.js";

/** What every stage starts from: the staged candidate and its picture. Stages add fields of their own. */
export interface BaseRecord {
	readonly candidate: Candidate;
	readonly image: ImageRef;
}

/** What a stage sends: the run adds model, sampling, attempt and key. */
export interface AskInput {
	readonly messages: readonly Message[];
	readonly schema?: { readonly name: string; readonly json: Readonly<Record<string, unknown>> };
	/** Requests that are the same for several dialogues of a question differ by this number, if they should. */
	readonly salt?: string;
	/** @default the config's maxOutputTokens */
	readonly maxOutputTokens?: number;
	/** @default the config's temperature */
	readonly temperature?: number;
}

/** What a stage may use besides its record. It knows nothing of concurrency, files, other records or the command line. */
export interface StageContext {
	readonly random: (purpose: string) => Random;
	/** 1 at first; the next number each time the stage is asked again. */
	readonly attempt: number;
	readonly prompt: (name: string) => Prompt;
	readonly settings: StageSettings;
	/** Asks the teacher; failures of the request itself come back as rejections. */
	readonly ask: (input: AskInput) => Promise<TeacherReply | { rejection: Rejection }>;
	/** Asks the model that will be trained, in the same way. @throws Error where the run has none */
	readonly askStudent: (input: AskInput) => Promise<TeacherReply | { rejection: Rejection }>;
}

/** The settings that stages may look at. */
export interface StageSettings {
	readonly hint: "never" | "always";
	readonly goldCheck: "blind" | "off";
	readonly teacherModel: string;
	readonly scripted: boolean;
	readonly dpoReplies: "templates" | "teacher";
	/** `student`: rejected replies are what the student says when it is challenged. */
	readonly dpoRejected: "as-replies" | "student";
	/** Shares of the scenarios as configured: pairs balance their stances by them. */
	readonly stanceShares: { readonly bothWrong: number; readonly misleading: number; readonly corrective: number };
}

/** The fields of a schema; none for an empty one (zod would say that no field may exist). */
export type FieldsOf<Schema extends z.ZodObject> = string extends keyof z.infer<Schema> ? object : z.infer<Schema>;

/**
 * One pure function over one record. `takes` and `gives` are zod schemas of the fields it reads and adds: composition is checked
 * by the compiler, and again when a pipeline is loaded.
 */
export interface Stage<Takes extends z.ZodObject, Gives extends z.ZodObject> {
	readonly name: string;
	readonly takes: Takes;
	readonly gives: Gives;
	/** Names of the prompts it uses, for the rows' provenance. */
	readonly prompts: readonly string[];
	run(record: BaseRecord & FieldsOf<Takes>, context: StageContext): Promise<FieldsOf<Gives> | { rejection: Rejection }>;
}

/** Declares a stage; the types follow from the schemas. */
export function defineStage<Takes extends z.ZodObject, Gives extends z.ZodObject>(stage: Stage<Takes, Gives>): Stage<Takes, Gives> {
	return stage;
}
