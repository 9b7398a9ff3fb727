import { z } from "zod";
import { random } from "../pipeline/random.js";
import { scenarios } from "../records/index.js";

/** What a row is drawn by, and where it stands. */
export interface RowPlace {
	readonly id: string;
	readonly scenario: string;
	readonly task: string;
	readonly file: string;
	readonly line: number;
	/** Where its first byte stands. */
	readonly byteOffset: number;
}

/** As much of a row as drawing needs. */
export const drawnFieldsSchema = z.object({ id: z.string(), meta: z.object({ scenario: z.string(), task: z.string() }) });

/** The rows of one pipeline that may be drawn: of each scenario and task a few, whatever their number. */
export interface DrawPool {
	add(place: RowPlace): void;
	/** The places by scenario, then task, each in the order in which they are drawn. */
	places(): ReadonlyMap<string, ReadonlyMap<string, readonly RowPlace[]>>;
}

/** @param kept places of each scenario and task that are kept at most: bounds memory */
export function createDrawPool(seed: number, kept: number): DrawPool {
	const cells = new Map<string, Map<string, { rank: number; place: RowPlace }[]>>();
	return {
		add(place) {
			const tasks = cells.get(place.scenario) ?? new Map<string, { rank: number; place: RowPlace }[]>();
			cells.set(place.scenario, tasks);
			const list = tasks.get(place.task) ?? [];
			tasks.set(place.task, list);
			const rank = random(seed, place.id, "preview").next();
			const last = list.at(-1);
			if (list.length >= kept && last !== undefined && last.rank <= rank) return;
			const index = list.findIndex((other) => other.rank > rank);
			list.splice(index < 0 ? list.length : index, 0, { rank, place });
			if (list.length > kept) list.pop();
		},
		places: () => new Map([...cells].map(([scenario, tasks]) => [scenario, new Map([...tasks].map(([task, list]) => [task, list.map(({ place }) => place)]))])),
	};
}

/**
 * Draws from the pools in turn, each time the scenario that the pipeline has shown least, then the one that all have, and of it the
 * task that has been shown least: a handful shows as much as it can.
 * @returns the places of each pool, in the order of the scenarios
 */
export function drawPlaces(pools: readonly DrawPool[], rows: number, seed: number): RowPlace[][] {
	const left = pools.map(
		(pool) => new Map([...pool.places()].map(([scenario, tasks]) => [scenario, new Map([...tasks].map(([task, list]) => [task, [...list]]))])),
	);
	const drawn = pools.map((): RowPlace[] => []);
	const shown = new Map<string, number>();
	const count = (...key: unknown[]) => shown.get(JSON.stringify(key)) ?? 0;
	for (let total = 0; total < rows; ) {
		const before = total;
		for (const [pool, cells] of left.entries()) {
			if (total >= rows || cells.size === 0) continue;
			const chance = random(seed, `${pool} ${total}`, "preview order");
			const scenario = leastOf(chance.shuffle([...cells.keys()].sort()), (key) => [count(pool, key), count(key)]);
			const tasks = cells.get(scenario) ?? new Map<string, RowPlace[]>();
			const task = leastOf(chance.shuffle([...tasks.keys()].sort()), (key) => [count("task", key), count(scenario, key)]);
			const place = tasks.get(task)?.shift();
			if (tasks.get(task)?.length === 0) tasks.delete(task);
			if (tasks.size === 0) cells.delete(scenario);
			if (place === undefined) continue;
			drawn[pool]?.push(place);
			for (const key of [[pool, scenario], [scenario], ["task", task], [scenario, task]]) shown.set(JSON.stringify(key), count(...key) + 1);
			total++;
		}
		if (total === before) break;
	}
	return drawn.map((places) => places.sort((a, b) => rankOf(a.scenario) - rankOf(b.scenario)));
}

/** The first key with the smallest numbers, compared one after the other. */
function leastOf(keys: readonly string[], numbersOf: (key: string) => readonly [number, number]): string {
	const [first = "", ...others] = keys;
	return others.reduce((best, key) => {
		const [a, b] = numbersOf(key);
		const [c, d] = numbersOf(best);
		return a < c || (a === c && b < d) ? key : best;
	}, first);
}

function rankOf(scenario: string): number {
	return scenarios.findIndex((known) => known === scenario);
}
