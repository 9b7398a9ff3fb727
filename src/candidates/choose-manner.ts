import { createSequence } from "../pipeline/spread-evenly.js";
import type { Pressure, Tone } from "../records/index.js";

export interface Manner {
	readonly tone: Tone;
	readonly pressure: Pressure;
}

/**
 * Tone and pressure follow from the rank within the cell, so that every combination comes with each scenario in the same shares.
 * @returns what the user of the given rank is like; `offset` (the task's number) keeps short runs from starting all alike
 */
export function createManners(
	tones: Readonly<Partial<Record<Tone, number>>>,
	pressures: Readonly<Partial<Record<Pressure, number>>>,
): (rank: number, offset: number) => Manner {
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
	return (rank, offset) => {
		// Coprime to any period of small shares, so that the tasks start well apart.
		const place = rank + offset * 11;
		while (order.length <= place) {
			const manner = manners[next()];
			if (manner === undefined) throw new RangeError("a sequence left its range");
			order.push(manner);
		}
		return order[place] as Manner;
	};
}
