/**
 * A low-discrepancy sequence over shares: the next index is the one that lags furthest behind its share, so that every prefix
 * has the shares to within a row or so. Indices with no share never come.
 * @throws RangeError where no share is positive
 */
export function createSequence(shares: readonly number[]): () => number {
	const total = shares.reduce((sum, share) => sum + share, 0);
	if (!(total > 0)) throw new RangeError("no share is above zero");
	const counts = shares.map(() => 0);
	let given = 0;
	return () => {
		given++;
		let best = -1;
		let bestLag = Number.NEGATIVE_INFINITY;
		for (const [index, share] of shares.entries()) {
			if (share <= 0) continue;
			const lag = (share / total) * given - (counts[index] ?? 0);
			if (lag > bestLag + 1e-9) {
				best = index;
				bestLag = lag;
			}
		}
		counts[best] = (counts[best] ?? 0) + 1;
		return best;
	};
}
