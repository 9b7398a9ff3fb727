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

/** Times both sides by turns, after one turn of each that does not count. `describe` makes a result of the median time of a turn. */
export async function compare(what: string, turns: number, ours: Side, other: Side, describe: (milliseconds: number) => string): Promise<Comparison> {
	const times: { ours: number; other: number }[] = [];
	for (let turn = 0; turn <= turns; turn++) {
		const time = { ours: await timeOf(() => ours.run(turn)), other: await timeOf(() => other.run(turn)) };
		if (turn > 0) times.push(time);
	}
	const ratios = times.map((time) => time.ours / time.other);
	return {
		what,
		ours: { name: ours.name, result: describe(median(times.map((time) => time.ours))) },
		other: { name: other.name, result: describe(median(times.map((time) => time.other))) },
		ratio: median(ratios),
		range: [Math.min(...ratios), Math.max(...ratios)],
	};
}

async function timeOf(work: () => Promise<void>): Promise<number> {
	const startMs = performance.now();
	await work();
	return performance.now() - startMs;
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
