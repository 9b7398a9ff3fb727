import { areaOf, type Box, overlap, type Seen } from "../world/scene.js";
import { type Ask, type Facts, groundOf, isUnique, middleOf, nameOf, withArticle } from "./facts.js";

/** Where things are: in the picture, beside one another, upon one another. */
export function askPositions(facts: Facts): Ask[] {
	return facts.rng.shuffle([...askPlaces(facts), ...askRelations(facts), ...askNeighbors(facts), ...askSupports(facts)]);
}

const task = "positional-reasoning";

function askPlaces(facts: Facts): Ask[] {
	return facts.rng
		.shuffle(facts.things.filter((thing) => isUnique(thing, facts)))
		.slice(0, 2)
		.flatMap((thing) => {
			const { x, y } = middleOf(thing);
			const { left, right } = thing.box;
			const high = thing.box.bottom < 190;
			const low = thing.box.top > 350;
			const vertical = high ? ["near the top edge"] : low ? ["near the bottom edge"] : [];
			const sideways = right < 270 && x < 190 ? "on the left" : left > 370 && x > 450 ? "on the right" : x > 270 && x < 370 ? "in the middle" : undefined;
			if (sideways === undefined || (!high && !low && (y < 150 || y > 400))) return [];
			const answer = sideways === "in the middle" || facts.rng.next() < 0.6 ? (vertical[0] ?? sideways) : sideways;
			const alsoRight = [sideways, ...vertical].filter((other) => other !== answer);
			return [{ task, pool: "place", template: `place-${answer.replaceAll(" ", "-")}`, slots: { thing: thing.kind.name }, answer, alsoRight }];
		});
}

/** One thing beside, upon or before another, both the only ones of their kinds. */
function askRelations(facts: Facts): Ask[] {
	const things = facts.things.filter((thing) => isUnique(thing, facts) && !["rug", "window", "curtain"].includes(thing.kind.name));
	const pairs = facts.rng.shuffle(things.flatMap((thing) => things.filter((other) => other !== thing).map((other) => ({ thing, other }))));
	const asks = pairs.flatMap(({ thing, other }): Ask[] => {
		const found = relate(thing, other);
		if (found === undefined) return [];
		const slots = { thing: thing.kind.name, other: other.kind.name };
		return [{ task, pool: "relation", template: `relation-${found.answer.replaceAll(" ", "-")}`, slots, answer: found.answer, alsoRight: found.alsoRight }];
	});
	const upon = asks.filter(({ answer }) => !answer.startsWith("to the"));
	return [...upon.slice(0, 2), ...asks.filter((ask) => !upon.includes(ask)).slice(0, 1)];
}

function relate(thing: Seen, other: Seen): { answer: string; alsoRight: readonly string[] } | undefined {
	if (thing.on?.kind === other.kind) return { answer: "on top of it", alsoRight: [] };
	if (other.on?.kind === thing.kind) return { answer: "under it", alsoRight: [] };
	if (thing.on !== undefined || other.on !== undefined) return undefined;
	const a = middleOf(thing);
	const b = middleOf(other);
	const gap = Math.max(thing.box.left - other.box.right, other.box.left - thing.box.right);
	if (gap > 14 && Math.abs(thing.y - other.y) < 55) {
		// What is farther up stands farther away.
		const alsoRight = Math.abs(thing.y - other.y) < 18 ? [] : [thing.y < other.y ? "behind it" : "in front of it"];
		return { answer: a.x < b.x ? "to the left of it" : "to the right of it", alsoRight };
	}
	// Before one another: what is nearer hides a part of what is behind it, and not only with an outstretched arm.
	const near = thing.depth > other.depth ? thing : other;
	const far = near === thing ? other : thing;
	const [nearCore, farCore] = [coreOf(near), coreOf(far)];
	const hides = overlap(nearCore, farCore) > 0.2 * Math.min(areaOf(nearCore), areaOf(farCore));
	if (hides && near.y - far.y > 12 && Math.abs(near.x - far.x) < 40 && ![near, far].some(({ kind }) => isAirborne(kind.name)))
		return { answer: near === thing ? "in front of it" : "behind it", alsoRight: [] };
	return undefined;
}

/** The body of a person without what reaches out of it; of things, all. */
function coreOf({ person, box, x, scale }: Seen): Box {
	return person === undefined ? box : { ...box, left: x - 24 * scale, right: x + 24 * scale };
}

function isAirborne(name: string): boolean {
	return ["kite", "airplane", "helicopter", "hot air balloon"].includes(name);
}

/** What is beside something, where there is one thing on that side at all. */
function askNeighbors(facts: Facts): Ask[] {
	const asks = facts.things.flatMap((thing): Ask[] => {
		if (!isUnique(thing, facts) || thing.on !== undefined) return [];
		return (["left", "right"] as const).flatMap((side): Ask[] => {
			const beyond = facts.things.filter(
				(other) => other !== thing && (side === "left" ? middleOf(other).x < middleOf(thing).x : middleOf(other).x > middleOf(thing).x),
			);
			const [first] = beyond;
			const apart = first === undefined ? 0 : side === "left" ? thing.box.left - first.box.right : first.box.left - thing.box.right;
			if (first === undefined || beyond.length !== 1 || !first.clear || apart < -4 || first.on !== undefined || Math.abs(first.y - thing.y) > 140) return [];
			const slots = { thing: thing.kind.name, side, other: withArticle(first.kind.name) };
			const gear = first.person?.activity;
			const alsoRight = [thing.kind.name, ...(gear?.held === undefined ? [] : [gear.held]), ...(gear?.gear === undefined ? [] : [gear.gear])];
			return [{ task, pool: "neighbor", template: "neighbor", slots, answer: first.kind.name, alsoRight }];
		});
	});
	return facts.rng.shuffle(asks).slice(0, 1);
}

/** Backdrops on which everything stands on the same ground. */
const evenGrounds = new Set([
	"beach",
	"farm",
	"desert",
	"savanna",
	"mountains",
	"kitchen",
	"living room",
	"bedroom",
	"bathroom",
	"classroom",
	"street",
	"tennis",
	"hockey",
]);

function askSupports(facts: Facts): Ask[] {
	const { scene, things, rng } = facts;
	const asks = things.flatMap((thing): Ask[] => {
		const name = nameOf(thing, facts);
		if (name === undefined || !["animal", "object", "food", "person", "vehicle"].includes(thing.kind.category)) return [];
		const lies = thing.person?.activity.pose === "lying" || ["book", "banana"].includes(thing.kind.name);
		if (thing.on !== undefined) {
			return [
				{
					task,
					pool: "support",
					template: lies ? "support-lies" : thing.person === undefined ? "support" : "support-sits",
					slots: { thing: name, support: thing.on.kind.name },
					answer: thing.on.kind.name,
					alsoRight: ["cushion", "blanket"],
				},
			];
		}
		if (
			!evenGrounds.has(scene.setting.backdrop) ||
			thing.y < scene.setting.horizon + 14 ||
			isAirborne(thing.kind.name) ||
			["sailboat", "rowboat"].includes(thing.kind.name)
		)
			return [];
		if (
			["window", "mirror", "painting", "curtain", "blackboard"].includes(thing.kind.name) ||
			things.some(({ kind, box }) => kind.name === "rug" && overlap(box, thing.box) > 0)
		)
			return [];
		if (
			thing.person !== undefined &&
			(thing.person.activity.pose === "jumping" || thing.person.activity.pose === "running" || thing.person.activity.gear === "bicycle")
		)
			return [];
		const ground = groundOf(thing, scene);
		if (scene.setting.backdrop === "street" && (thing.y < 300 || (thing.y > 322 && thing.y < 345))) return [];
		const alsoRight = ground === "grass" ? ["ground"] : [];
		return rng.next() < 0.35 ? [{ task, pool: "support", template: "support-ground", slots: { thing: name, support: ground }, answer: ground, alsoRight }] : [];
	});
	return rng.shuffle(asks).slice(0, 2);
}
