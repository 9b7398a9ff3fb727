import type { Family, FirstAnswerOrigin, Labels, Pressure, Scenario, Timing, Tone } from "../records/index.js";

/** What candidates look like: shares, sizes, and where first answers come from. */
export interface CandidateOptions {
	readonly seed: number;
	readonly scenarios: Readonly<Partial<Record<Scenario, number>>>;
	readonly timings: Readonly<Partial<Record<Timing, number>>>;
	/** Of multi-round dialogues, by how often the user challenges. */
	readonly rounds: Readonly<Partial<Record<"3" | "4" | "5", number>>>;
	readonly tones: Readonly<Partial<Record<Tone, number>>>;
	readonly pressures: Readonly<Partial<Record<Pressure, number>>>;
	readonly formats: Readonly<Partial<Record<Labels | "open-ended", number>>>;
	readonly tasks: "equal" | Readonly<Record<string, number>>;
	readonly maxAnswerShare: number;
	readonly dialoguesPerQuestion: number;
	readonly family: Family;
	readonly firstAnswerStyle: "letter-and-text" | "letter";
	/** A model's own first answers; absent: first answers are made up. */
	readonly firstAnswers?: FirstAnswers;
}

/** What a model answered to a bare question. */
export interface FirstAnswer {
	/** Its answer, in words; absent: it was asked, and what it said is no answer. */
	readonly answer?: string;
	/** The choices that it was shown, and their letters. Empty: it was shown none; absent: that is not known. */
	readonly choices?: readonly string[];
	readonly labels?: Labels;
}

export interface FirstAnswers {
	readonly origin: Exclude<FirstAnswerOrigin, "synthetic">;
	/** The model that gave them, where that is known. */
	readonly model?: string;
	readonly byQuestion: ReadonlyMap<string, FirstAnswer>;
	/**
	 * Of a student that is asked: the share of questions that it is never asked, by hash. They alone are used where a dialogue has no
	 * first answer; else asking more would move what is there already.
	 */
	readonly unaskedShare?: number;
}
