import type { fields } from "../draw/fields.js";
import type { landscapes } from "../draw/landscapes.js";
import type { rooms } from "../draw/rooms.js";
import type { ActivityName } from "./activities.js";
import type { Weather } from "./scene.js";

/** Where scenes are set, and what is found there: each list by falling frequency. */

export interface Zone {
	/** Where feet may stand. @unit frame pixels */
	readonly y: readonly [number, number];
	readonly x?: readonly [number, number];
	readonly kinds: readonly string[];
	/** At least and at most so many. */
	readonly count: readonly [number, number];
	/** In place of the scale that follows from the distance. */
	readonly scale?: number;
	/** Of one kind or of several. */
	readonly distinct?: boolean;
}

export interface Setting {
	/** As an answer. */
	readonly name: string;
	readonly type: "outdoor" | "indoor" | "sport";
	readonly backdrop: keyof typeof landscapes | keyof typeof rooms | keyof typeof fields;
	/** Other names that would be right too, or that could be held right. */
	readonly alsoRight: readonly string[];
	readonly horizon: number;
	/** What people stand on. */
	readonly ground: string;
	readonly weathers: readonly Weather[];
	readonly zones: readonly Zone[];
	/** Kinds that come in numbers, to be counted. */
	readonly groups: readonly string[];
	readonly groupZone: Pick<Zone, "y">;
	readonly activities: readonly ActivityName[];
	readonly peopleZone: Pick<Zone, "y" | "x">;
	/** What stands on tables, shelves and the like. */
	readonly onTops: readonly string[];
	/** Kinds that one could expect here, to ask for in vain. */
	readonly expected: readonly string[];
}

const fair: readonly Weather[] = ["sunny", "cloudy", "rainy", "foggy"];

type Base = Pick<Setting, "name" | "backdrop" | "horizon" | "ground"> & Partial<Setting>;

export function outdoor(base: Base): Setting {
	return {
		type: "outdoor",
		alsoRight: [],
		weathers: fair,
		zones: [],
		groups: [],
		groupZone: { y: [350, 460] },
		activities: [],
		peopleZone: { y: [340, 455] },
		onTops: [],
		expected: [],
		...base,
	};
}

export function room(base: Base): Setting {
	return {
		type: "indoor",
		alsoRight: [],
		weathers: ["sunny"],
		zones: [],
		groups: [],
		groupZone: { y: [400, 465] },
		activities: [],
		peopleZone: { y: [390, 465] },
		onTops: [],
		expected: [],
		...base,
	};
}
