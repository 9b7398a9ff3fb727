/** Code lengths and codes of Huffman's trees, as deflate (RFC 1951) wants them. */

const maxBits = 15;

/** How many bits each symbol's code has, at most 15; 0 for symbols that never come. */
export function codeLengths(counts: Uint32Array): Uint8Array {
	const used = [...counts.keys()].filter((symbol) => (counts[symbol] ?? 0) > 0);
	const lengths = new Uint8Array(counts.length);
	// A tree needs two leaves.
	if (used.length < 2) {
		lengths[used[0] ?? 0] = 1;
		lengths[(used[0] ?? 0) === 0 ? 1 : 0] = 1;
		return lengths;
	}
	let weights = used.map((symbol) => counts[symbol] ?? 0);
	for (;;) {
		const depths = treeDepths(weights);
		if (Math.max(...depths) <= maxBits) {
			for (const [index, symbol] of used.entries()) lengths[symbol] = depths[index] ?? 0;
			return lengths;
		}
		// Rare symbols made more frequent give a flatter tree.
		weights = weights.map((weight) => (weight >> 1) + 1);
	}
}

/** The codes that follow from the lengths, their bits reversed: deflate writes codes from the top bit on. */
export function codesOf(lengths: Uint8Array): Uint16Array {
	const codes = new Uint16Array(lengths.length);
	let code = 0;
	for (let bits = 1; bits <= maxBits; bits++) {
		for (const [symbol, length] of lengths.entries()) if (length === bits) codes[symbol] = reverse(code++, bits);
		code <<= 1;
	}
	return codes;
}

function reverse(code: number, bits: number): number {
	let reversed = 0;
	for (let bit = 0; bit < bits; bit++) reversed |= ((code >> bit) & 1) << (bits - 1 - bit);
	return reversed;
}

/** The depth of each leaf: two queues, leaves by weight and the nodes made of them, which come by weight of themselves. */
function treeDepths(weights: readonly number[]): number[] {
	const leaves = [...weights.keys()].sort((a, b) => (weights[a] ?? 0) - (weights[b] ?? 0) || a - b);
	const nodes: { weight: number; parent: number }[] = leaves.map((leaf) => ({ weight: weights[leaf] ?? 0, parent: -1 }));
	let nextLeaf = 0;
	let nextNode = leaves.length;
	const takeLightest = (): number => {
		const leaf = nextLeaf < leaves.length ? (nodes[nextLeaf]?.weight ?? 0) : Number.POSITIVE_INFINITY;
		const node = nodes[nextNode]?.weight ?? Number.POSITIVE_INFINITY;
		return leaf <= node ? nextLeaf++ : nextNode++;
	};
	while (nodes.length < 2 * leaves.length - 1) {
		const [a, b] = [takeLightest(), takeLightest()];
		const parent = nodes.length;
		let weight = 0;
		for (const child of [nodes[a], nodes[b]]) {
			if (child === undefined) continue;
			weight += child.weight;
			child.parent = parent;
		}
		nodes.push({ weight, parent: -1 });
	}
	const depths = new Array<number>(nodes.length).fill(0);
	for (let index = nodes.length - 2; index >= 0; index--) depths[index] = (depths[nodes[index]?.parent ?? 0] ?? 0) + 1;
	const result = new Array<number>(weights.length).fill(0);
	for (const [index, leaf] of leaves.entries()) result[leaf] = depths[index] ?? 0;
	return result;
}
