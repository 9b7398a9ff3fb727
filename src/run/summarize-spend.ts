import { type Amount, type BudgetState, sumAmounts } from "../teacher/index.js";
import type { PipelineSummary, SpendSummary } from "./summary.js";

/**
 * What a run has spent, by pipeline, stage and kept row. A request that several pipelines need is asked once, and counts where it was
 * asked first.
 * @returns nothing where nobody was asked for anything
 */
export function summarizeSpend(
	{ spent, earlier, limits, byStage }: BudgetState,
	summaries: readonly Pick<PipelineSummary, "name" | "rows">[],
	pipelines: readonly { readonly name: string; readonly stages: readonly { readonly name: string }[] }[],
): SpendSummary | undefined {
	if (spent.requests === 0) return undefined;
	const names = [...new Set([...byStage.map(({ pipeline }) => pipeline).sort(), ...pipelines.map(({ name }) => name)])];
	const positions = pipelines.map(({ name }) => name);
	return {
		spent,
		earlier,
		...(Object.keys(limits).length === 0 ? {} : { limits }),
		pipelines: names
			.map((name) => {
				const order = pipelines.find((pipeline) => pipeline.name === name)?.stages.map((stage) => stage.name) ?? [];
				const stages = byStage
					.filter(({ pipeline }) => pipeline === name)
					.map((stage) => ({ stage: stage.stage, spent: stage.spent }))
					.sort((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage));
				const sum = sumAmounts(stages.map((stage) => stage.spent));
				const rows = summaries.find((summary) => summary.name === name)?.rows ?? 0;
				return { name, spent: sum, ...(rows === 0 ? {} : { perRow: perRow(sum, rows) }), stages };
			})
			.filter((pipeline) => pipeline.stages.length > 0)
			// What comes before the pipelines, such as a student's first answers, stands before them.
			.sort((a, b) => positions.indexOf(a.name) - positions.indexOf(b.name)),
	};
}

function perRow({ usd, inputTokens, outputTokens, requests }: Amount, rows: number): NonNullable<SpendSummary["pipelines"][number]["perRow"]> {
	return { usd: usd / rows, inputTokens: inputTokens / rows, outputTokens: outputTokens / rows, requests: requests / rows };
}
