import { allKinds, kindOf } from "../world/kinds.js";
import { type Ask, countOf, type Facts, isAbsent } from "./facts.js";

/** Kinds whose number is hard to tell or that backdrops hold too. */
const notCounted = new Set(["tree", "bush", "book", "rock", "fence", "window", "curtain", "rug", "house", "hay bale", "lighthouse", "vase"]);
/** Crowds of spectators are drawn in these. */
const crowded = new Set(["soccer", "baseball", "hockey"]);
const noneShare = 0.06;
const otherShare = 0.2;

/** How many there are of a kind whose every one is clear to see. */
export function askCounts(facts: Facts): Ask[] {
	const { scene, things, people, rng } = facts;
	const countable = [...new Set(things.map((thing) => thing.kind.name))].filter(
		(name) =>
			!notCounted.has(name) &&
			kindOf(name).category !== "person" &&
			!(name === "pine tree" && scene.setting.backdrop === "skiing") &&
			things.every((thing) => thing.kind.name !== name || thing.clear),
	);
	const asks = countable.map((name) => askCount(name, facts));
	if (people.length > 0 && people.every((person) => person.clear) && !crowded.has(scene.setting.backdrop)) {
		asks.push({
			task: "counting",
			template: "counting-people",
			slots: { number: String(people.length), people: people.length === 1 ? "person" : "people" },
			answer: String(people.length),
		});
	}
	asks.sort((a, b) => Number(b.answer) - Number(a.answer));
	// What comes in numbers is asked for first, as people do, though now and then something else.
	if (asks.length > 1 && rng.next() < otherShare) asks.unshift(...asks.splice(1 + rng.below(asks.length - 1), 1));
	const absent = scene.setting.expected.filter((name) => !notCounted.has(name) && isAbsent(name, facts) && allKinds.some((kind) => kind.name === name));
	if (absent.length > 0 && rng.next() < noneShare) {
		const { plural } = kindOf(rng.pick(absent));
		asks.unshift({ task: "counting", template: "counting-none", slots: { plural }, answer: "0" });
	}
	return asks;
}

function askCount(name: string, facts: Facts): Ask {
	const count = countOf(name, facts);
	const { plural } = kindOf(name);
	return { task: "counting", template: "counting", slots: { plural, things: count === 1 ? name : plural, number: String(count) }, answer: String(count) };
}
