/** A set of whole numbers below 2^53 that are as good as random, such as parts of a hash; about 16 bytes each, a third of a Set's. */
export interface NumberSet {
	/** @returns whether it was there already */
	add(number: number): boolean;
}

const firstCapacity = 1024;

/** Open addressing: a number stands at its place or, where that is taken, at the next free one. */
export function createNumberSet(): NumberSet {
	let slots = new Float64Array(firstCapacity).fill(-1);
	let size = 0;

	/** Where the number is, or would stand. */
	const placeOf = (number: number): number => {
		let at = number % slots.length;
		for (let found = slots[at]; found !== -1 && found !== number; found = slots[at]) at = (at + 1) % slots.length;
		return at;
	};
	const grow = (): void => {
		const before = slots;
		slots = new Float64Array(before.length * 2).fill(-1);
		for (const number of before) if (number !== -1) slots[placeOf(number)] = number;
	};
	return {
		add(number) {
			const at = placeOf(number);
			if (slots[at] === number) return true;
			slots[at] = number;
			size++;
			// Fuller than this, free places get far apart.
			if (size > 0.75 * slots.length) grow();
			return false;
		},
	};
}
