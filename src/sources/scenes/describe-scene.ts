import { random } from "../../pipeline/random.js";
import { renderTemplate } from "../../pipeline/render-template.js";
import { countOf, type Facts, gatherFacts, middleOf, partOf, standing, withArticle } from "./questions/facts.js";
import type { SceneWords } from "./words.js";
import { frame, type Scene, type Seen } from "./world/scene.js";

/** The scene in words: everything that its questions can be answered from, for readers who do not see the picture. */
export function describeScene(scene: Scene, words: SceneWords): string {
	const texts = words.descriptions;
	const facts = gatherFacts(scene, random(0, "", "unused"));
	const { setting, light, weather } = scene;
	const sentences = [renderTemplate(texts.opening, { place: setting.name })];
	if (setting.type !== "indoor" && setting.backdrop !== "basketball" && setting.backdrop !== "forest")
		sentences.push(texts.light[light], ...(light === "day" ? [texts.weather[weather]] : []));
	const sport = facts.people[0]?.person?.activity.sport?.[0];
	if (sport !== undefined) sentences.push(renderTemplate(texts.sport, { sport }));
	sentences.push(...scene.things.filter((thing) => thing.clear).map((thing) => describeThing(thing, facts, words)));
	const hidden = scene.things.filter((thing) => !thing.clear);
	if (hidden.length > 0) sentences.push(renderTemplate(texts.hidden, { things: hidden.map((thing) => withArticle(thing.kind.name)).join(", ") }));
	const kinds = [...new Set(scene.things.map(({ kind }) => kind))];
	const counts = kinds.map((kind) => {
		const count = countOf(kind.name, facts);
		return `${count} ${count === 1 ? kind.name : kind.plural}`;
	});
	if (counts.length > 0) sentences.push(renderTemplate(texts.count, { counts: counts.join(", ") }));
	return sentences.join(" ");
}

function describeThing(thing: Seen, facts: Facts, words: SceneWords): string {
	const { x, y } = middleOf(thing);
	const name = withArticle(thing.kind.name);
	const slots = {
		thing: name.charAt(0).toUpperCase() + name.slice(1),
		standing: standing(thing, facts),
		part: `in ${partOf(thing)} of the picture`,
		left: String(Math.round((x / frame.width) * 100)),
		up: String(Math.round((y / frame.height) * 100)),
	};
	const { person } = thing;
	if (person === undefined) {
		const looks = [thing.color, thing.pattern, thing.material === undefined ? undefined : `made of ${thing.material}`].filter((look) => look !== undefined);
		return renderTemplate(words.descriptions.thing, { ...slots, look: looks.length === 0 ? "" : `; it is ${looks.join(", ")}` });
	}
	const { activity } = person;
	const held = activity.held ?? activity.gear;
	const colored = ["umbrella", "kite", "book", "bicycle"].includes(activity.gear ?? "") ? `${person.gearColor} ` : "";
	return renderTemplate(words.descriptions.person, {
		...slots,
		doing: activity.name,
		who: thing.kind.name,
		held: held === undefined || activity.sport !== undefined ? "" : `, with ${withArticle(`${colored}${held}`)}`,
		shirt: person.shirt,
		pattern: person.shirtPattern,
		legs: person.skirt ? "skirt" : "trousers",
		trousers: person.trousers,
	});
}
