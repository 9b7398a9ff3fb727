import { type Ask, type Facts, isUnique, withArticle } from "./facts.js";
import { outermostFurniture } from "./recognition.js";

/** What something is for. Most questions do not name it, so that one has to look what it is. */
export function askUtility(facts: Facts): Ask[] {
	const asks: Ask[] = [];
	const ask = (what: string, name: string, use: readonly string[] | undefined): void => {
		const [answer, ...alsoRight] = use ?? [];
		if (answer === undefined) return;
		asks.push({ task: "utility-affordance", template: "utility", slots: { what, name: withArticle(name), use: answer }, answer, alsoRight });
	};
	const vehicles = facts.things.filter((thing) => thing.kind.category === "vehicle");
	const [vehicle] = vehicles;
	const ridden = facts.people.some((thing) => thing.person?.activity.gear === "bicycle");
	if (vehicle?.clear === true && vehicles.length === 1 && !ridden) ask("vehicle in the picture", vehicle.kind.name, vehicle.kind.use);
	for (const table of facts.things.filter((thing) => thing.kind.name === "table" && isUnique(thing, facts))) {
		const load = facts.things.filter((thing) => thing.on?.kind.name === "table");
		const [first] = load;
		if (first?.clear === true && load.length === 1 && first.kind.category === "object")
			ask(`object on the ${table.kind.name}`, first.kind.name, first.kind.use);
	}
	for (const { thing, side } of outermostFurniture(facts)) ask(`piece of furniture furthest to the ${side}`, thing.kind.name, thing.kind.use);
	const named = facts.rng.shuffle(
		facts.things.filter(
			(thing) => isUnique(thing, facts) && thing.kind.use !== undefined && ["object", "outdoor", "building", "furniture"].includes(thing.kind.category),
		),
	);
	const [one] = named;
	if (one !== undefined) ask(one.kind.name, one.kind.name, one.kind.use);
	return asks;
}
