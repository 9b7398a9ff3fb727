/**
 * Shares a number out equally; who has less than an equal share gives all, and the others give more.
 * @param supplies what each has
 * @returns what each gives: in all `total`, or everything where that is less
 */
export function shareOut(total: number, supplies: readonly number[]): number[] {
	const given = supplies.map(() => 0);
	let left = total;
	const poorestFirst = [...supplies.entries()].sort(([a, supplyA], [b, supplyB]) => supplyA - supplyB || a - b);
	for (const [position, [index, supply]] of poorestFirst.entries()) {
		const gives = Math.min(supply, Math.floor(left / (supplies.length - position)));
		given[index] = gives;
		left -= gives;
	}
	return given;
}
