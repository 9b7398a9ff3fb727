import { z } from "zod";
import { type Candidate, configurationError, type ImageRef, isRejection, type Kind, type Row, type Scenario } from "../records/index.js";
import type { BaseRecord, FieldsOf, Stage, StageContext } from "./stage.js";

/** What the run knows about a record when its row is written. */
export interface RowFacts {
	readonly candidate: Candidate;
	readonly image: ImageRef;
	readonly pipeline: string;
	readonly attempts: number;
	readonly hinted: boolean;
	readonly goldCheck: "passed" | "off";
	readonly teacher: string;
	readonly scripted: boolean;
	readonly promptHashes: Readonly<Record<string, string>>;
}

/** A stage whose types have been checked and can be run over untyped records. */
export interface PipelineStage {
	readonly name: string;
	readonly prompts: readonly string[];
	readonly takes: z.ZodObject;
	readonly gives: z.ZodObject;
	run(record: BaseRecord & Record<string, unknown>, context: StageContext): Promise<object>;
}

/** What is made: a composition of stages that ends in a row. */
export interface Pipeline {
	readonly name: string;
	readonly kind: Kind;
	readonly stages: readonly PipelineStage[];
	/** Scenarios that cannot become a row of this kind. */
	readonly skips: readonly Scenario[];
	/** Whether the pipeline asks a teacher at all with the given settings. */
	readonly asksTeacher: (settings: StageContext["settings"]) => boolean;
	toRow(record: BaseRecord & Record<string, unknown>, facts: RowFacts): Row;
}

interface Composition<Fields> {
	/** Appends a stage. What it takes must have been given by an earlier one. */
	pipe<Takes extends z.ZodObject, Gives extends z.ZodObject>(
		stage: Stage<Takes, Gives> & (Fields extends FieldsOf<Takes> ? unknown : { readonly takes: "fields that no earlier stage gives" }),
	): Composition<Fields & FieldsOf<Gives>>;
	/** Closes the composition with the function that writes the row. */
	toRow(build: (record: BaseRecord & Fields, facts: RowFacts) => Row): Pipeline;
}

export interface PipelineOptions {
	readonly name: string;
	readonly kind: Kind;
	readonly skips?: readonly Scenario[];
	readonly asksTeacher?: (settings: StageContext["settings"]) => boolean;
}

/** Starts a pipeline: `startPipeline({ name, kind }).pipe(stage).pipe(stage).toRow(build)`. */
export function startPipeline(options: PipelineOptions): Composition<object> {
	return compose(options, []);
}

function compose<Fields>(options: PipelineOptions, stages: readonly PipelineStage[]): Composition<Fields> {
	return {
		pipe: <Takes extends z.ZodObject, Gives extends z.ZodObject>(stage: Stage<Takes, Gives>) =>
			compose<Fields & FieldsOf<Gives>>(options, [...stages, checkFields(stage)]),
		toRow(build) {
			const pipeline: Pipeline = {
				name: options.name,
				kind: options.kind,
				stages,
				skips: options.skips ?? [],
				asksTeacher: options.asksTeacher ?? (() => true),
				// The stages' schemas have given every field by now.
				toRow: (record, facts) => build(record as BaseRecord & Fields, facts),
			};
			return pipeline;
		},
	};
}

/** Lets a stage run over any record: what it takes and gives is checked against its schemas. */
function checkFields<Takes extends z.ZodObject, Gives extends z.ZodObject>(stage: Stage<Takes, Gives>): PipelineStage {
	return {
		name: stage.name,
		prompts: stage.prompts,
		takes: stage.takes,
		gives: stage.gives,
		async run(record, context) {
			const taken = stage.takes.parse(record);
			const given = await stage.run({ ...taken, candidate: record.candidate, image: record.image }, context);
			return isRejection(given) ? given : stage.gives.parse(given);
		},
	};
}

/**
 * Checks a pipeline that was loaded from a file, which may hold anything: every field that a stage takes must have been given by
 * a stage before it.
 * @throws CandorError (exit 2) naming the file, the stage and the field
 */
export function checkComposition(pipeline: Pipeline, file: string): void {
	checkShape(pipeline, file);
	const given = new Map<string, string>();
	const names = new Set<string>();
	for (const stage of pipeline.stages) {
		if (names.has(stage.name)) {
			throw configurationError(`${file}: two stages are called "${stage.name}"`, "give each stage a name of its own");
		}
		names.add(stage.name);
		for (const [field, schema] of Object.entries(stage.takes.shape)) {
			const optional = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
			if (!given.has(field) && !optional) {
				throw configurationError(
					`${file}: stage "${stage.name}" takes "${field}", which no stage before it gives (given so far: ${[...given.keys()].join(", ") || "nothing"})`,
					"put the stage that gives it before this one",
				);
			}
		}
		for (const field of Object.keys(stage.gives.shape)) given.set(field, stage.name);
	}
}

/** Whether a file built its pipeline by hand, and left out something that {@link startPipeline} would have put there. */
function checkShape(pipeline: Pipeline, file: string): void {
	const remedy = "make it with startPipeline({ name, kind }).pipe(stage).toRow(build), and its stages with defineStage";
	const wanted = z.object({ skips: z.array(z.string()), asksTeacher: callable });
	const stage = z.object({
		prompts: z.array(z.string()),
		takes: z.object({ shape: z.looseObject({}) }),
		gives: z.object({ shape: z.looseObject({}) }),
		run: callable,
	});
	const checks = [
		{ where: "the pipeline", result: wanted.safeParse(pipeline) },
		...pipeline.stages.map((one) => ({ where: `stage "${one.name}"`, result: stage.safeParse(one) })),
	];
	for (const { where, result } of checks) {
		const issue = result.error?.issues[0];
		if (issue !== undefined) throw configurationError(`${file}: ${where} has no usable "${issue.path.join(".")}"`, remedy);
	}
}

const callable = z.custom((value) => typeof value === "function", "must be a function");
