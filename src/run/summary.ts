import type { Kind, Outcome } from "../records/index.js";
import type { Manifest } from "../shards/index.js";
import type { ReservedSummary } from "../sources/reserve/reserved-files.js";
import type { Amount, BudgetLimits } from "../teacher/index.js";
import type { HarvestPart } from "./harvest.js";
import type { Unanswered } from "./unanswered.js";

/** What a run came to: what the funnel on the terminal shows and `--json` prints. */

/** Part of a pipeline's funnel: the candidates of one task or of one scenario. */
export interface FunnelPart {
	readonly in: number;
	readonly rows: number;
	readonly rejected: number;
	/** Rejections by reason code. */
	readonly reasons: Readonly<Record<string, number>>;
}

export interface ShardSummary {
	/** Relative to the run's folder. */
	readonly file: string;
	readonly rows: number;
	readonly bytes: number;
}

/** candidatesIn = rows + every rejection + surplus. */
export interface PipelineSummary {
	readonly name: string;
	readonly kind: Kind;
	readonly wanted: number;
	readonly rows: number;
	readonly candidatesIn: number;
	readonly surplus: number;
	/** Rejections by reason code. */
	readonly rejected: Readonly<Record<string, number>>;
	/** Slots that no question was left for. */
	readonly short: number;
	readonly byTask: readonly (FunnelPart & { readonly task: string })[];
	readonly byScenario: readonly (FunnelPart & { readonly scenario: string })[];
	/** Where candidates came to nothing for want of a reply, and in which way. */
	readonly unanswered: readonly Unanswered[];
	readonly trainedTokens: Manifest["trainedTokens"];
	readonly warnings: readonly string[];
	readonly shards: readonly ShardSummary[];
	/** The manifest, relative to the run's folder. */
	readonly manifest: string;
}

/** What became of the one candidate that was asked for, in one pipeline. */
export type OnlyOutcome = { readonly pipeline: string } & Outcome;

/** What a run has cost, all its starts together. */
export interface SpendSummary {
	readonly spent: Amount;
	/** Of it, what earlier starts had spent. */
	readonly earlier: Amount;
	readonly limits?: BudgetLimits;
	/** Whoever asked, in the run's order. */
	readonly pipelines: readonly {
		readonly name: string;
		readonly spent: Amount;
		/** For each row that was kept. */
		readonly perRow?: Pick<Amount, "usd" | "inputTokens" | "outputTokens" | "requests">;
		readonly stages: readonly { readonly stage: string; readonly spent: Amount }[];
	}[];
}

export interface RunSummary {
	readonly runFolder: string;
	readonly pipelines: readonly PipelineSummary[];
	/** What the source gave training: questions read, lines that cannot be used, questions left out and not drawn, by reason. */
	readonly source: {
		readonly questions: number;
		readonly badLines: Readonly<Record<string, number>>;
		/** Questions that the settings leave out, reserved and excluded ones among them. */
		readonly leftOut: Readonly<Record<string, number>>;
		readonly notDrawn: Readonly<Record<string, number>>;
	};
	/** Who got what, where sets are reserved. */
	readonly reserved?: ReservedSummary;
	/** What the student answered, by task; absent where it was not asked. */
	readonly firstAnswers?: readonly HarvestPart[];
	/** The run was stopped; nothing is lost, and the same command goes on. */
	readonly interrupted: boolean;
	/** Only where a single candidate was asked for. */
	readonly only?: readonly OnlyOutcome[];
	readonly requests: { readonly asked: number; readonly fromLedger: number; readonly failures: number };
	/** Absent where nobody was asked that counts tokens. */
	readonly spend?: SpendSummary;
	/** @unit milliseconds */
	readonly elapsedMs: number;
	/** Whether the scripted teacher answered. */
	readonly scripted: boolean;
	/** What to type to go on with the run. */
	readonly resumeCommand: string;
	/** What to type to look at what was made. */
	readonly nextCommand: string;
}
