import type { SpendSummary } from "../../run/summary.js";
import type { Amount } from "../../teacher/index.js";
import { formatCount, formatTokens, formatUsd } from "./format-units.js";

/** What a run has cost, in a few lines: in all, then by pipeline with its stages. */
export function formatSpend({ spent, earlier, limits, pipelines }: SpendSummary): string[] {
	const limit = limits?.usd === undefined ? "" : ` of ${formatUsd(limits.usd)}`;
	const before = earlier.requests === 0 ? "" : `, ${formatWorth(earlier)} of it earlier`;
	const what = isPriced(spent) ? [`${formatWorth(spent)}${limit}${before}`] : earlier.requests === 0 ? [] : [`${formatWorth(earlier)} earlier`];
	return [
		`spent:    ${[...what, `${formatCount(spent.requests)} requests, tokens ${formatInOut(spent)}${formatFine(spent)}`].join("; ")}`,
		...pipelines.map(({ name, spent: own, perRow, stages }) => {
			const each =
				perRow === undefined
					? ""
					: isPriced(own)
						? `, ${formatUsd(perRow.usd)} a row`
						: `, a row ${formatTokens(perRow.inputTokens)} in, ${formatTokens(perRow.outputTokens)} out`;
			const parts = stages.length < 2 ? "" : ` (${stages.map((stage) => `${stage.stage} ${formatWorth(stage.spent)}`).join(", ")})`;
			return `  ${name}: ${formatWorth(own)}${each}${parts}`;
		}),
	];
}

/** Dollars where the price is known, else tokens. */
export function formatWorth(amount: Amount): string {
	if (!isPriced(amount)) return formatInOut(amount);
	return `${amount.unpriced > 0 ? "at least " : ""}${formatUsd(amount.usd)}`;
}

function isPriced({ requests, unpriced }: Amount): boolean {
	return unpriced < requests;
}

function formatInOut({ inputTokens, outputTokens }: Amount): string {
	return `${formatTokens(inputTokens)} in, ${formatTokens(outputTokens)} out`;
}

function formatFine({ cachedTokens, reasoningTokens }: Amount): string {
	return `${cachedTokens === 0 ? "" : `, ${formatTokens(cachedTokens)} cached`}${reasoningTokens === 0 ? "" : `, ${formatTokens(reasoningTokens)} of thoughts`}`;
}
