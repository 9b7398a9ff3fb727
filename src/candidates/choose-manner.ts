import { random } from "../pipeline/random.js";
import { type Cell, type Pressure, scenarioTable, type Tone } from "../records/index.js";

export interface Manner {
	readonly tone: Tone;
	readonly pressure: Pressure;
}

/** How far into the sequence the first kind may begin; many times any period of small shares. */
const span = 1_000;

/** What cells have in common that meet the same manners: the two sides of a scenario pair are of one kind. */
export function kindOfCell({ task, scenario, timing, answer }: Cell): string {
	return JSON.stringify([timing, scenarioTable[scenario].act, task, answer]);
}

/**
 * Tone and pressure follow from the rank within the cell, so that every combination comes with each scenario in the same shares.
 * Each kind of cell begins one place further on in the sequence: all together they begin at every place alike, so that what each
 * lacks in a short run another one has.
 * @param seed where the first kind begins follows from it
 * @param kinds of all cells there are
 * @returns what the user of the given rank is like, in a cell of the given kind
 */
export function createManners(
	tones: Readonly<Partial<Record<Tone, number>>>,
	pressures: Readonly<Partial<Record<Pressure, number>>>,
	seed: number,
	kinds: readonly string[],
): (kind: string, rank: number) => Manner {
	const next = createMannerSequence(tones, pressures);
	const order: Manner[] = [];
	const start = random(seed, "", "manner").below(span);
	const starts = new Map([...new Set(kinds)].sort().map((kind, index) => [kind, start + index]));
	return (kind, rank) => {
		// A kind that no row is planned for may still be looked at.
		const place = (starts.get(kind) ?? start) + rank;
		while (order.length <= place) {
			order.push(next());
		}
		return order[place] as Manner;
	};
}

/** One of the two axes: how far each of its values lags behind its share. */
function createLags(shares: Readonly<Record<string, number | undefined>>) {
	const total = Object.values(shares).reduce<number>((sum, share) => sum + (share ?? 0), 0);
	const counts = new Map<string, number>();
	return {
		of: (name: string, given: number) => ((shares[name] ?? 0) / total) * given - (counts.get(name) ?? 0),
		add: (name: string) => void counts.set(name, (counts.get(name) ?? 0) + 1),
	};
}

/**
 * All combinations in their shares, so that every stretch has the shares of tones, those of pressures and those of the combinations:
 * a sequence over the combinations alone would let one tone come with a run of pressures, and a cell of a few rows have no other.
 */
function createMannerSequence(tones: Readonly<Partial<Record<Tone, number>>>, pressures: Readonly<Partial<Record<Pressure, number>>>): () => Manner {
	const manners: (Manner & { readonly name: string })[] = [];
	const shares: Record<string, number> = {};
	for (const [tone, toneShare] of Object.entries(tones) as [Tone, number][]) {
		for (const [pressure, pressureShare] of Object.entries(pressures) as [Pressure, number][]) {
			if (toneShare * pressureShare <= 0) continue;
			const name = `${tone} ${pressure}`;
			manners.push({ tone, pressure, name });
			shares[name] = toneShare * pressureShare;
		}
	}
	const ofTones = createLags(tones);
	const ofPressures = createLags(pressures);
	const ofBoth = createLags(shares);
	let given = 0;
	return () => {
		given++;
		const lagOf = ({ tone, pressure, name }: Manner & { readonly name: string }) =>
			ofTones.of(tone, given) + ofPressures.of(pressure, given) + ofBoth.of(name, given);
		let best = manners[0];
		for (const manner of manners) if (best === undefined || lagOf(manner) > lagOf(best) + 1e-9) best = manner;
		if (best === undefined) throw new RangeError("no tone or no pressure has a share above zero");
		ofTones.add(best.tone);
		ofPressures.add(best.pressure);
		ofBoth.add(best.name);
		const { tone, pressure } = best;
		return { tone, pressure };
	};
}
