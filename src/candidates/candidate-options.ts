import type { Family, FirstAnswerOrigin, Labels, Pressure, Scenario, Timing, Tone } from "../records/index.js";

/** What candidates look like: shares, sizes, and where first answers come from. */
export interface CandidateOptions {
	readonly seed: number;
	readonly scenarios: Readonly<Partial<Record<Scenario, number>>>;
	readonly timings: Readonly<Partial<Record<Timing, number>>>;
	readonly tones: Readonly<Partial<Record<Tone, number>>>;
	readonly pressures: Readonly<Partial<Record<Pressure, number>>>;
	readonly formats: Readonly<Partial<Record<Labels | "open-ended", number>>>;
	readonly tasks: "equal" | Readonly<Record<string, number>>;
	readonly maxAnswerShare: number;
	readonly dialoguesPerQuestion: number;
	readonly family: Family;
	readonly firstAnswerStyle: "letter-and-text" | "letter";
	/** A model's own first answers by question id; absent: first answers are made up. */
	readonly firstAnswers?: { readonly origin: FirstAnswerOrigin; readonly byQuestion: ReadonlyMap<string, string> };
}
