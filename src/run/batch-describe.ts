import type { Config } from "../config/index.js";
import type { BatchCounts } from "./batch-jobs.js";

/** What a person is told of rounds of batches. */

const write = (count: number) => Math.round(count).toLocaleString("en-US");

/** @param steps stages that ask one after the other */
export function describeRounds(steps: number, { attempts, teacher }: Config): string {
	const more =
		attempts > 1
			? `, and more for what has to be asked again or anew (up to ${attempts} attempts at each stage)`
			: ", and more for what takes the place of rejected candidates";
	return `in batches: about ${steps} rounds${more}; the provider may take ${teacher.batch.completionWindow} for each`;
}

export function describeCounts({ batches, answered, refused, left, inputTokens, outputTokens }: BatchCounts & { readonly batches: number }): string {
	const rest = [...(refused > 0 ? [`${write(refused)} refused`] : []), ...(left > 0 ? [`${write(left)} left for another round`] : [])];
	const tokens = inputTokens + outputTokens > 0 ? `; ${write(inputTokens)} tokens in, ${write(outputTokens)} out` : "";
	return (
		[`${write(answered)} ${answered === 1 ? "reply" : "replies"} from ${write(batches)} ${batches === 1 ? "batch" : "batches"}`, ...rest].join(", ") + tokens
	);
}
