import type { Config } from "../config/index.js";
import { type LedgerReader, noAmount, type Price, readSpend } from "../teacher/index.js";
import { modelOf } from "./open-teacher.js";
import type { Plan, PlannedAmount, PlannedPipeline, PlannedStage } from "./plan.js";
import { estimateAmount, sumPlanned, worstOf } from "./plan-amounts.js";
import { assumedInputRatio, assumedRepeats, type Interval, type Measured, meanOf, outputTokensOf, repeatsOf } from "./plan-assumptions.js";
import type { PipelineProgress } from "./plan-pipeline.js";
import type { StageTally } from "./plan-tally.js";

/** What was counted of one pipeline. */
export interface PipelineCount {
	readonly name: string;
	readonly rows: number;
	/** Rows that were planned one by one. */
	readonly planned: number;
	readonly stages: readonly StageTally[];
	readonly progress: PipelineProgress;
}

export interface PlanFacts {
	readonly runFolder: string;
	readonly ledger: LedgerReader | undefined;
	readonly counts: readonly PipelineCount[];
	/** How long replies were, by stage. */
	readonly outputs: ReadonlyMap<string, Measured>;
	readonly harvest: PlannedAmount | undefined;
	readonly notes: readonly string[];
}

/** So large a share of planned rows without a question says that the source has no more. */
const dryShare = 0.2;

/** Makes a plan of what was counted: tokens and dollars with what they may as well be, and what that rests on. */
export function summarizePlan(config: Config, facts: PlanFacts): Plan {
	const { ledger, counts, outputs, harvest } = facts;
	const replies = ledger?.count() ?? 0;
	const heldInPlan = counts.reduce((sum, { stages }) => sum + stages.reduce((held, stage) => held + stage.held, 0), 0);
	const priceOf = (role: StageTally["role"]): Price | undefined => (role === "student" ? config.student?.price : asAsked(config.teacher));
	const worst: Parameters<typeof worstOf>[0][number][] = [];

	const pipelines = counts.map(({ name, rows, planned, stages: tallies, progress }): PlannedPipeline => {
		const repeats = repeatsFor(config, progress);
		// Where the source has run dry among the planned rows already, there is nothing more to ask for however many are wanted.
		const wanted = progress.short > dryShare * planned ? planned : rows;
		const stages = tallies.map((tally): PlannedStage => {
			const { stage, role, requests, held, pending } = tally;
			const all = (requests * wanted) / planned;
			// A ledger holds more than the planned rows show: as much more of each stage as of all of them.
			const heldOfAll = planned === wanted ? held : Math.min(all, Math.max(held, (held / Math.max(1, heldInPlan)) * (replies / repeats.likely)));
			const scale = planned === wanted ? 1 : pending.count === 0 ? 0 : (all - heldOfAll) / pending.count;
			const price = priceOf(role);
			worst.push({ requests: pending, price, scale });
			const most = pending.count === 0 ? 0 : pending.maxOutputTokens / pending.count;
			const toPay = estimateAmount(pending, {
				output: outputTokensOf(stage, most, outputs.get(stage)),
				repeats,
				inputRatio: meanOf(tally.inputRatio) ?? assumedInputRatio,
				price,
				scale,
			});
			return { stage, role, requests: Math.round(all), held: Math.round(heldOfAll), toPay };
		});
		const { done, rejected, short } = progress;
		return { name, rows, planned, done, rejected, short, repeats, stages, toPay: sumPlanned(stages.map(({ toPay }) => toPay)) };
	});
	const limits = config.budget;
	return {
		runFolder: facts.runFolder,
		teacher: modelOf(config.teacher),
		scripted: config.teacher.type === "scripted",
		pipelines,
		...(harvest === undefined ? {} : { firstAnswers: harvest }),
		toPay: sumPlanned([...pipelines.map(({ toPay }) => toPay), ...(harvest === undefined ? [] : [harvest])]),
		worst: worstOf(worst, config.attempts),
		held: { replies, spent: ledger === undefined ? noAmount() : readSpend(ledger) },
		...(limits === undefined ? {} : { limits }),
		assumptions: [...facts.notes, ...describeAssumptions(config, facts, pipelines)],
	};
}

function repeatsFor(config: Config, { finished }: PipelineProgress): Interval {
	// The scripted teacher never has to be asked again.
	return repeatsOf(finished) ?? (config.teacher.type === "scripted" ? { low: 1, likely: 1, high: 1 } : assumedRepeats);
}

function describeAssumptions(config: Config, { counts, outputs, harvest }: PlanFacts, pipelines: readonly PlannedPipeline[]): string[] {
	if (config.teacher.type === "scripted") return [];
	const sampled = counts.filter(({ planned, rows }) => planned < rows);
	const measured = pipelines.filter((_, index) => repeatsOf(counts[index]?.progress.finished ?? { rows: 0, needed: 0, asked: 0 }) !== undefined);
	const guessed = pipelines.filter((pipeline) => !measured.includes(pipeline) && pipeline.toPay.requests.likely > 0);
	const stages = [...new Set(counts.flatMap((count) => count.stages.filter(({ pending }) => pending.count > 0).map(({ stage }) => stage)))];
	const [known, unknown] = [
		stages.filter((stage) => meanOf(outputs.get(stage)) !== undefined),
		stages.filter((stage) => meanOf(outputs.get(stage)) === undefined),
	];
	const times = ({ low, likely, high }: PlannedPipeline["repeats"]) => `${likely.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
	return [
		...(sampled.length === 0
			? []
			: [
					`${sampled.map(({ name }) => name).join(", ")}: the first ${Math.max(...sampled.map(({ planned }) => planned))} rows were planned one by one, and the rest is taken to be like them.`,
				]),
		...(harvest === undefined
			? []
			: ["First answers: the student is taken to be wrong on one question in six; half or twice as many questions may be needed."]),
		...measured.map(({ name, repeats }) => `${name}: a row takes ${times(repeats)} times the requests that it takes at best, as measured so far.`),
		...(guessed.length === 0
			? []
			: [
					`${guessed.map(({ name }) => name).join(", ")}: a row is taken to need ${times(assumedRepeats)} times the requests that it takes at best, for what is rejected or asked again.`,
				]),
		...(known.length === 0 ? [] : [`Replies are as long as those so far in ${known.join(", ")}.`]),
		...(unknown.length === 0
			? []
			: [`Replies are taken to be as long as a vision model's usually are in ${unknown.join(", ")}; a reasoning model's are longer.`]),
		"Nothing is taken to come cheaper from a server's prefix cache.",
		`At worst every request here is asked ${config.attempts} times and answered at full length. Only a budget bounds what rejected candidates may cost beyond that.`,
	];
}

/** The teacher's price as it will be asked: in batches everything costs a share. */
function asAsked({ price, mode }: Config["teacher"]): Price | undefined {
	if (price === undefined || mode === "live") return price;
	const { batchShare, cachedInputUsdPerMillionTokens: cached } = price;
	return {
		...price,
		inputUsdPerMillionTokens: price.inputUsdPerMillionTokens * batchShare,
		outputUsdPerMillionTokens: price.outputUsdPerMillionTokens * batchShare,
		...(cached === undefined ? {} : { cachedInputUsdPerMillionTokens: cached * batchShare }),
	};
}
