import type { Amount, BudgetLimits } from "../teacher/index.js";
import type { Interval } from "./plan-assumptions.js";

/** What a run is going to ask, and what that is going to cost: what `candor plan` prints. */

/** What is to be asked; likely as far as anyone can say. @unit tokens, US dollars */
export interface PlannedAmount {
	readonly requests: Interval;
	readonly inputTokens: Interval;
	readonly outputTokens: Interval;
	/** Absent where the price is not known. */
	readonly usd?: Interval;
}

export interface PlannedStage {
	readonly stage: string;
	readonly role: "teacher" | "student";
	/** Different requests where every reply is taken at once. */
	readonly requests: number;
	/** Of them, those that the ledger answers. */
	readonly held: number;
	readonly toPay: PlannedAmount;
}

export interface PlannedPipeline {
	readonly name: string;
	readonly rows: number;
	/** Rows that were planned one by one; the rest is like them. */
	readonly planned: number;
	/** Rows that the ledger holds in full. */
	readonly done: number;
	/** Rejections that the ledger holds in full. */
	readonly rejected: number;
	/** Rows that no question is left for. */
	readonly short: number;
	/** Requests for each that a row takes at best. */
	readonly repeats: Interval;
	readonly stages: readonly PlannedStage[];
	readonly toPay: PlannedAmount;
}

export interface Plan {
	readonly runFolder: string;
	readonly teacher: string;
	/** Whether the scripted teacher answers, at no cost. */
	readonly scripted: boolean;
	readonly pipelines: readonly PlannedPipeline[];
	/** What the student is to be asked first, where its own first answers are wanted. */
	readonly firstAnswers?: PlannedAmount;
	/** What is still to be asked. */
	readonly toPay: PlannedAmount;
	/** All that is planned at its worst: every attempt is needed, and every reply is as long as it may be. */
	readonly worst: { readonly requests: number; readonly inputTokens: number; readonly outputTokens: number; readonly usd?: number };
	/** What the run has spent so far, and how many replies its ledger holds. */
	readonly held: { readonly replies: number; readonly spent: Amount };
	readonly limits?: BudgetLimits;
	/** What the numbers rest on, a sentence each. */
	readonly assumptions: readonly string[];
}
