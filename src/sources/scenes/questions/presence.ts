import { type Ask, type Facts, isAbsent, partOf, standing, withArticle } from "./facts.js";

/** As in VQA sets, what is asked for is there more often than not. */
const yesShare = 0.64;
const wanted = 2;

/** Whether something is there: what is clear to see, or what one could expect in such a place and nothing there resembles. */
export function askPresence(facts: Facts): Ask[] {
	const { rng, scene } = facts;
	const there = rng.shuffle([...new Map(facts.things.filter((thing) => thing.clear).map((thing) => [thing.kind.name, thing])).values()]);
	const missing = rng.shuffle(scene.setting.expected.filter((name) => isAbsent(name, facts)));
	const asks: Ask[] = [];
	while (asks.length < wanted) {
		const thing = rng.next() < yesShare ? there.pop() : undefined;
		const name = thing?.kind.name ?? missing.pop();
		if (name === undefined) break;
		const slots = { thing: withArticle(name), name, where: thing === undefined ? "" : standing(thing, facts), part: thing === undefined ? "" : partOf(thing) };
		asks.push({ task: "object-presence", template: thing === undefined ? "presence-no" : "presence-yes", slots, answer: thing === undefined ? "no" : "yes" });
	}
	return asks;
}
