import { random } from "../pipeline/random.js";
import { createSequence } from "../pipeline/spread-evenly.js";
import type { Pressure, Tone } from "../records/index.js";

export interface Manner {
	readonly tone: Tone;
	readonly pressure: Pressure;
}

/** How far apart cells may begin; many times any period of small shares. */
const span = 1_000;

/**
 * Tone and pressure follow from the rank within the cell, so that every combination comes with each scenario in the same shares.
 * Each kind of cell begins elsewhere in the sequence, or a task would meet one tone only in a short run; the two sides of a
 * scenario pair are of one kind, so that they meet the same.
 * @param seed where each kind begins follows from it
 * @returns what the user of the given rank is like, in a cell of the given kind
 */
export function createManners(
	tones: Readonly<Partial<Record<Tone, number>>>,
	pressures: Readonly<Partial<Record<Pressure, number>>>,
	seed: number,
): (kind: string, rank: number) => Manner {
	const manners: Manner[] = [];
	const shares: number[] = [];
	for (const [tone, toneShare] of Object.entries(tones) as [Tone, number][]) {
		for (const [pressure, pressureShare] of Object.entries(pressures) as [Pressure, number][]) {
			manners.push({ tone, pressure });
			shares.push(toneShare * pressureShare);
		}
	}
	const next = createSequence(shares);
	const order: Manner[] = [];
	return (kind, rank) => {
		const place = random(seed, kind, "manner").below(span) + rank;
		while (order.length <= place) {
			const manner = manners[next()];
			if (manner === undefined) throw new RangeError("a sequence left its range");
			order.push(manner);
		}
		return order[place] as Manner;
	};
}
