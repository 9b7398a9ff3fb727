/** Which row has which id: a hash table in one array of numbers, a tenth of what a Map of a million ids takes. */
export interface IdIndex {
	/** The row with the id; undefined where there is none. */
	find(id: number): number | undefined;
	/** Adds a row whose id is not there yet. */
	add(row: number): void;
}

/** @param idOf the id of a row that was added. @param firstSlots a power of two */
export function createIdIndex(idOf: (row: number) => number, firstSlots = 1_024): IdIndex {
	/** Row plus one; 0 is free. */
	let slots = new Uint32Array(firstSlots);
	let count = 0;

	/** Where the id stands, or the free place where it would. */
	const slotOf = (id: number): number => {
		const mask = slots.length - 1;
		let slot = scramble(id) & mask;
		for (let entry = slots[slot] ?? 0; entry !== 0 && idOf(entry - 1) !== id; entry = slots[slot] ?? 0) slot = (slot + 1) & mask;
		return slot;
	};
	const add = (row: number): void => {
		if (2 * (count + 1) > slots.length) {
			const rows = slots;
			slots = new Uint32Array(2 * rows.length);
			for (const entry of rows) if (entry !== 0) slots[slotOf(idOf(entry - 1))] = entry;
		}
		slots[slotOf(idOf(row))] = row + 1;
		count++;
	};
	return {
		add,
		find(id) {
			const entry = slots[slotOf(id)] ?? 0;
			return entry === 0 ? undefined : entry - 1;
		},
	};
}

/** Spreads ids that follow one another, or differ in their high bits only, over 32 bits (the finish of MurmurHash3). */
function scramble(id: number): number {
	let bits = (id >>> 0) ^ Math.imul(Math.floor(id / 0x1_0000_0000), 0x9e37_79b1);
	bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
	bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
	return (bits ^ (bits >>> 16)) >>> 0;
}
