import type { Category } from "../world/kinds.js";
import type { Seen } from "../world/scene.js";
import { type Ask, type Facts, isUnique, partOf, standing, withArticle } from "./facts.js";

/** What something is: where the picture holds one kind of its sort only, so that there is one answer. */
export function askRecognition(facts: Facts): Ask[] {
	return [
		...askSort("animal", "animal", facts),
		...askSort("vehicle", "vehicle", facts),
		...askSort("food", "food", facts),
		...askHeld(facts),
		...askObjects(facts),
		...askFurniture(facts),
	];
}

function askSort(category: Category, template: string, facts: Facts): Ask[] {
	const ofSort = facts.things.filter((thing) => thing.kind.category === category);
	const kinds = new Set(ofSort.map((thing) => thing.kind.name));
	const [first] = ofSort.filter((thing) => thing.clear);
	const ridden = category === "vehicle" && facts.people.some((thing) => thing.person?.activity.gear === "bicycle");
	if (kinds.size !== 1 || first === undefined || ridden) return [];
	const { name, plural } = first.kind;
	const slots = { things: ofSort.length === 1 ? withArticle(name) : plural, verb: ofSort.length === 1 ? "is" : "are", where: standing(first, facts) };
	return [
		{ task: "object-recognition", pool: category, template: `recognition-${template}`, slots, answer: name, ...(ofSort.length === 1 ? { about: first } : {}) },
	];
}

function askHeld(facts: Facts): Ask[] {
	return facts.people.flatMap((thing) => {
		const held = thing.person?.activity.held;
		if (held === undefined || !isUnique(thing, facts)) return [];
		const slots = { who: thing.kind.name, held: withArticle(held) };
		// A painter has a palette in the other hand.
		const alsoRight = held === "paintbrush" ? ["palette"] : held === "ball" ? ["basketball"] : [];
		return [{ task: "object-recognition", pool: "held", template: "recognition-held", slots, answer: held, alsoRight, about: thing }];
	});
}

/** What stands on a table besides food, which has a question of its own, and what hangs on the wall: of one kind each. */
function askObjects(facts: Facts): Ask[] {
	const tables = facts.things.filter((thing) => thing.kind.name === "table");
	const onTable = tables.length === 1 && tables[0]?.clear === true ? facts.things.filter((thing) => thing.on?.kind.name === "table") : [];
	const onWall = facts.things.filter((thing) => standing(thing, facts) === "on the wall");
	return [
		...askObject(
			"recognition-on-table",
			onTable.filter((thing) => thing.kind.category === "object"),
			onTable,
		),
		...askObject("recognition-on-wall", onWall, onWall),
	];
}

function askObject(template: string, objects: readonly Seen[], all: readonly Seen[]): Ask[] {
	const [first] = objects;
	if (first === undefined || objects.some((thing) => thing.kind !== first.kind || !thing.clear)) return [];
	const slots = { things: objects.length === 1 ? withArticle(first.kind.name) : first.kind.plural, verb: objects.length === 1 ? "is" : "are" };
	return [{ task: "object-recognition", pool: "object", template, slots, answer: first.kind.name, alsoRight: all.map((thing) => thing.kind.name) }];
}

const trueFurniture = ["table", "chair", "sofa", "bed", "bench", "bookcase", "wardrobe"];

/** The outermost piece of furniture on a side, far enough from the next that nobody doubts which one is meant. */
export function outermostFurniture(facts: Facts): { thing: Seen; side: "left" | "right" }[] {
	const pieces = facts.things.filter((thing) => trueFurniture.includes(thing.kind.name)).sort((a, b) => a.x - b.x);
	const found: { thing: Seen; side: "left" | "right" }[] = [];
	const [first, second] = pieces;
	const [beforeLast, last] = pieces.slice(-2);
	if (first?.clear && (second === undefined || second.box.left - first.box.left > 70)) found.push({ thing: first, side: "left" });
	if (last !== undefined && beforeLast !== undefined && last !== first && last.clear && last.box.right - beforeLast.box.right > 70)
		found.push({ thing: last, side: "right" });
	return found;
}

function askFurniture(facts: Facts): Ask[] {
	return outermostFurniture(facts).map(({ thing, side }) => ({
		task: "object-recognition",
		pool: "furniture",
		template: "recognition-furniture",
		slots: { side, thing: withArticle(thing.kind.name), part: partOf(thing) },
		answer: thing.kind.name,
	}));
}
