import { sameMeaning } from "../../../language/index.js";
import { random } from "../../../pipeline/random.js";
import { renderTemplate } from "../../../pipeline/render-template.js";
import type { Question } from "../../../records/index.js";
import type { SceneWords } from "../words.js";
import type { Scene } from "../world/scene.js";
import { askAttributes } from "./attribute.js";
import { askColors } from "./color.js";
import { askCounts } from "./counting.js";
import { askActivities, askScene, askSport } from "./doing.js";
import { type Ask, type Facts, gatherFacts, partOf } from "./facts.js";
import { askPositions } from "./position.js";
import { askPresence } from "./presence.js";
import { askRecognition } from "./recognition.js";
import { askUtility } from "./utility.js";

/** How many questions of a task a picture has at most: few of each, so that no picture weighs more than others in a task. */
const wanted: Readonly<Record<string, { readonly ask: (facts: Facts) => Ask[]; readonly most: number; readonly inOrder?: boolean }>> = {
	color: { ask: askColors, most: 2 },
	counting: { ask: askCounts, most: 1, inOrder: true },
	"object-presence": { ask: askPresence, most: 2, inOrder: true },
	"object-recognition": { ask: askRecognition, most: 2 },
	attribute: { ask: askAttributes, most: 2 },
	"positional-reasoning": { ask: askPositions, most: 2, inOrder: true },
	"scene-recognition": { ask: askScene, most: 1 },
	"activity-recognition": { ask: askActivities, most: 2 },
	"sport-recognition": { ask: askSport, most: 1 },
	"utility-affordance": { ask: askUtility, most: 1 },
};

/** The questions about a scene, ten or so, with their truth and why it is so. */
export function writeQuestions(scene: Scene, seed: number, image: string, words: SceneWords): Question[] {
	const name = image.replace(/\.png$/, "");
	const facts = gatherFacts(scene, random(seed, name, "scene questions"));
	return Object.entries(wanted).flatMap(([task, { ask, most, inOrder }]) => {
		const asks = ask(facts);
		const seen = new Set<string>();
		const chosen = (inOrder === true ? asks : facts.rng.shuffle(asks)).slice(0, most);
		return chosen.flatMap((one, index) => {
			const question = writeQuestion(one, `${name}-${task}-${index}`, image, facts, words);
			// Two asks may come to the same words.
			if (seen.has(question.text)) return [];
			seen.add(question.text);
			return [question];
		});
	});
}

function writeQuestion(ask: Ask, id: string, image: string, facts: Facts, words: SceneWords): Question {
	const { rng, scene } = facts;
	const slots = { ...ask.slots, answer: ask.answer };
	const { type } = scene.setting;
	const opening = rng.pick(words.openings[type === "outdoor" ? scene.light : type]);
	const where = ask.about === undefined ? [] : [renderTemplate(rng.pick(words.places), { thing: ask.about.kind.name, part: partOf(ask.about) })];
	const alsoRight = [...new Set(ask.alsoRight)].filter((other) => !sameMeaning(other, ask.answer));
	return {
		id,
		source: "scenes",
		image,
		imageId: image.replace(/\.png$/, ""),
		text: words.question(ask.template, slots, rng),
		task: ask.task,
		...(ask.pool === undefined ? {} : { pool: ask.pool }),
		answer: ask.answer,
		...(alsoRight.length === 0 ? {} : { alsoRight }),
		evidence: [opening, ...where, words.reason(ask.template, slots, rng)],
	};
}
