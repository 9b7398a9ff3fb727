/** A measured ratio: both sides in the same run on the same machine, by turns, so that the ratio says more than either time. */
export interface Comparison {
	readonly what: string;
	readonly ours: { readonly name: string; readonly result: string };
	readonly other: { readonly name: string; readonly result: string };
	/** Our time over the other's. */
	readonly ratio: number;
	/** The lowest and the highest ratio of the turns. */
	readonly range: readonly [number, number];
}

interface Side {
	readonly name: string;
	run(turn: number): Promise<void>;
}

/** What one turn took on either side. @unit milliseconds */
export interface Turn {
	readonly ours: number;
	readonly other: number;
}

/** Times both sides by turns, after one turn of each that does not count. `describe` makes a result of the median time of a turn. */
export async function compare(what: string, turns: number, ours: Side, other: Side, describe: (milliseconds: number) => string): Promise<Comparison> {
	const times: Turn[] = [];
	for (let turn = 0; turn <= turns; turn++) {
		const time = { ours: await timeOf(() => ours.run(turn)), other: await timeOf(() => other.run(turn)) };
		if (turn > 0) times.push(time);
	}
	return summarize(what, times, [ours.name, other.name], describe);
}

/** The medians of turns, and of their ratios. */
export function summarize(
	what: string,
	times: readonly Turn[],
	names: readonly [ours: string, other: string],
	describe: (value: number) => string,
): Comparison {
	const ratios = times.map((time) => time.ours / time.other);
	return {
		what,
		ours: { name: names[0], result: describe(median(times.map((time) => time.ours))) },
		other: { name: names[1], result: describe(median(times.map((time) => time.other))) },
		ratio: median(ratios),
		range: [Math.min(...ratios), Math.max(...ratios)],
	};
}

async function timeOf(work: () => Promise<void>): Promise<number> {
	const startMs = performance.now();
	await work();
	return performance.now() - startMs;
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
