import type { Seen } from "../world/scene.js";
import { type Ask, type Facts, isUnique, nameOf } from "./facts.js";

/** Colors of what is plain: of animals, vehicles and things, of clothes, of what people hold. */
export function askColors(facts: Facts): Ask[] {
	return facts.things.flatMap((thing) => (thing.person === undefined ? askThing(thing, facts) : askClothes(thing, facts)));
}

function askThing(thing: Seen, facts: Facts): Ask[] {
	const { kind, color, pattern } = thing;
	if (color === undefined || kind.askColor === false || (pattern ?? "plain") !== "plain") return [];
	const name = nameOf(thing, facts);
	return name === undefined ? [] : [{ task: "color", template: "color", slots: { thing: name, part: kind.name, color }, answer: color, about: thing }];
}

/** What has one color all over where it is in a hand. */
const coloredGear = ["umbrella", "kite", "book", "bicycle"];

function askClothes(thing: Seen, facts: Facts): Ask[] {
	const { person } = thing;
	if (person === undefined || !isUnique(thing, facts)) return [];
	const who = thing.kind.name;
	const asks: Ask[] = [];
	const ask = (part: string, color: string): void => {
		asks.push({ task: "color", template: "color", slots: { thing: `${who}'s ${part}`, part: `${who}'s ${part}`, color }, answer: color, about: thing });
	};
	if (person.activity.pose !== "lying") {
		if (person.shirtPattern === "plain" && person.activity.gear !== "guitar") ask("shirt", person.shirt);
		if (person.skirt) ask("skirt", person.trousers);
	}
	const { gear } = person.activity;
	if (
		gear !== undefined &&
		coloredGear.includes(gear) &&
		!facts.things.some((other) => other.kind.name === gear || (other !== thing && other.person?.activity.gear === gear))
	)
		ask(gear, person.gearColor);
	return asks;
}
