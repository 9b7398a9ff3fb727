import { type Ask, type Facts, isUnique, nameOf } from "./facts.js";

/** What things are made of, what pattern they have, what the weather is like: a pool each, since none could stand for another. */
export function askAttributes(facts: Facts): Ask[] {
	return [...facts.rng.shuffle([...askMaterials(facts), ...askPatterns(facts)]), ...askWeather(facts)];
}

function askMaterials(facts: Facts): Ask[] {
	return facts.things.flatMap((thing) => {
		const name = nameOf(thing, facts);
		if (thing.material === undefined || name === undefined) return [];
		// Of bricks one may well say that they are stone.
		const alsoRight = thing.material === "brick" ? ["stone"] : thing.material === "stone" ? ["brick"] : [];
		const part = thing.kind.category === "building" ? `walls of the ${name}` : name;
		const slots = { thing: part, verb: part === name ? "is" : "are", material: thing.material };
		return [{ task: "attribute", pool: "material", template: `material-${thing.material}`, slots, answer: thing.material, alsoRight, about: thing }];
	});
}

function askPatterns(facts: Facts): Ask[] {
	return facts.things.flatMap((thing): Ask[] => {
		const { person, pattern } = thing;
		if (person !== undefined) {
			// Most shirts are plain: asked of all, that would be nearly every answer.
			if (person.shirtPattern === "plain" && facts.rng.next() < 0.85) return [];
			if (!isUnique(thing, facts) || person.activity.pose === "lying" || person.activity.gear === "guitar") return [];
			const name = `${thing.kind.name}'s shirt`;
			return [
				{ task: "attribute", pool: "pattern", template: `pattern-${person.shirtPattern}`, slots: { thing: name }, answer: person.shirtPattern, about: thing },
			];
		}
		const name = nameOf(thing, facts);
		if (pattern === undefined || name === undefined || (pattern === "plain" && facts.rng.next() < 0.4)) return [];
		return [{ task: "attribute", pool: "pattern", template: `pattern-${pattern}`, slots: { thing: name }, answer: pattern, about: thing }];
	});
}

function askWeather({ scene }: Facts): Ask[] {
	const { setting, light, weather } = scene;
	if (setting.type === "indoor" || setting.backdrop === "basketball" || setting.backdrop === "forest" || light !== "day") return [];
	return [{ task: "attribute", pool: "weather", template: `weather-${weather}`, slots: {}, answer: weather }];
}
