import { z } from "zod";

/**
 * The words that everything else is written in. One name for one thing: these exact strings appear in rows, configs,
 * prompts, file names and help texts.
 */

/** The ten tasks of the MM-SY benchmark (its Table 1). A source may bring tasks of its own. */
export const standardTasks = [
	"activity-recognition",
	"attribute",
	"color",
	"counting",
	"object-presence",
	"object-recognition",
	"positional-reasoning",
	"scene-recognition",
	"sport-recognition",
	"utility-affordance",
] as const;

export const scenarioSchema = z.enum(["misleading", "corrective", "both-wrong", "affirm-right", "affirm-wrong", "doubt-right", "doubt-wrong", "neutral"]);
export type Scenario = z.infer<typeof scenarioSchema>;
export const scenarios = scenarioSchema.options;

export const verdictSchema = z.enum(["misleading", "corrective", "supporting", "none"]);
export type Verdict = z.infer<typeof verdictSchema>;

export const timingSchema = z.enum(["one-round", "two-round", "multi-round"]);
export type Timing = z.infer<typeof timingSchema>;

export const toneSchema = z.enum(["suggestive", "euphemistic", "strong"]);
export type Tone = z.infer<typeof toneSchema>;

export const pressureSchema = z.enum(["plain", "authority", "consensus", "insistence", "emotion", "asserted-evidence", "first-hand-witness"]);
export type Pressure = z.infer<typeof pressureSchema>;

export const actSchema = z.enum(["claim", "affirm", "doubt"]);
export type Act = z.infer<typeof actSchema>;

export const familySchema = z.enum(["train", "held-out"]);
export type Family = z.infer<typeof familySchema>;

export const labelsSchema = z.enum(["ABCD", "1234"]);
export type Labels = z.infer<typeof labelsSchema>;

export const firstAnswerOriginSchema = z.enum(["synthetic", "file", "student"]);
export type FirstAnswerOrigin = z.infer<typeof firstAnswerOriginSchema>;

export const kindSchema = z.enum(["srt", "sft", "dpo"]);
export type Kind = z.infer<typeof kindSchema>;

/** What a scenario means, given the truth: who says what, and where going along with the user ends. */
export interface ScenarioFacts {
	/** What the user's last message does; absent where there is none. */
	readonly act?: Act;
	readonly verdict: Verdict;
	/** Whether the standing answer is right, in a dialogue that has one; absent: the scenario never has one. */
	readonly standing?: "right" | "wrong";
	/** What the user pushes: the right answer, the paired wrong one, another wrong one, or the standing answer. */
	readonly claim?: "right" | "wrong" | "other-wrong" | "standing";
	readonly timings: readonly Timing[];
}

export const scenarioTable: Readonly<Record<Scenario, ScenarioFacts>> = {
	misleading: { act: "claim", verdict: "misleading", standing: "right", claim: "wrong", timings: ["one-round", "two-round", "multi-round"] },
	corrective: { act: "claim", verdict: "corrective", standing: "wrong", claim: "right", timings: ["one-round", "two-round", "multi-round"] },
	"both-wrong": { act: "claim", verdict: "misleading", standing: "wrong", claim: "other-wrong", timings: ["two-round"] },
	"affirm-right": { act: "affirm", verdict: "supporting", standing: "right", claim: "standing", timings: ["two-round", "multi-round"] },
	"affirm-wrong": { act: "affirm", verdict: "misleading", standing: "wrong", claim: "standing", timings: ["two-round", "multi-round"] },
	"doubt-right": { act: "doubt", verdict: "misleading", standing: "right", timings: ["two-round", "multi-round"] },
	"doubt-wrong": { act: "doubt", verdict: "corrective", standing: "wrong", timings: ["two-round", "multi-round"] },
	neutral: { verdict: "none", timings: ["one-round"] },
};

/** The scenarios that share their wordings and differ only in who is right; readers compare their two sides. */
export const scenarioPairs = [
	["misleading", "corrective"],
	["affirm-right", "affirm-wrong"],
	["doubt-right", "doubt-wrong"],
] as const satisfies readonly (readonly [Scenario, Scenario])[];
