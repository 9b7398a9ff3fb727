import type { Row, Scenario } from "../records/index.js";
import type { Manifest } from "../shards/index.js";
import { createTokenCounter, tokenizerName } from "./token-counter.js";

type TrainedTokens = Manifest["trainedTokens"];

export interface TokenTally {
	add(row: Row): void;
	result(): TrainedTokens;
}

/**
 * Counts the tokens that a model is trained towards, by scenario: the last turn of an `srt` or `sft` row, the chosen reply of a pair.
 * What it is trained away from, the rejected reply, is counted apart.
 */
export async function createTokenTally(): Promise<TokenTally> {
	const count = await createTokenCounter();
	const trained = emptyTotal();
	const rejected = emptyTotal();
	let hasPairs = false;
	return {
		add(row) {
			const { scenario } = row.meta;
			if (row.kind === "dpo") {
				hasPairs = true;
				addTo(trained, scenario, count(row.chosen));
				addTo(rejected, scenario, count(row.rejected));
			} else addTo(trained, scenario, count(row.turns.at(-1)?.text ?? ""));
		},
		result: () => ({ tokenizer: tokenizerName, ...trained, ...(hasPairs ? { rejected } : {}) }),
	};
}

interface Total {
	total: number;
	readonly byScenario: Partial<Record<Scenario, number>>;
}

function emptyTotal(): Total {
	return { total: 0, byScenario: {} };
}

function addTo(sum: Total, scenario: Scenario, tokens: number): void {
	sum.total += tokens;
	sum.byScenario[scenario] = (sum.byScenario[scenario] ?? 0) + tokens;
}
