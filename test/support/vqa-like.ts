import { random } from "../../src/pipeline/random.js";
import type { Question } from "../../src/records/index.js";

/** Questions as skewed as those of real VQA sets: a few answers make up most of a task, and a question's words hint at its answer. */

export interface VqaLikeOptions {
	/** Different seeds have different pictures. */
	readonly seed: number;
	readonly perTask: number;
	/** Pictures that the questions are spread over; at most one question of a task a picture reads best. */
	readonly pictures: number;
	readonly tasks?: readonly string[];
	/** The share of answers that are spelled otherwise than usual ("Red", "two"). */
	readonly variantShare?: number;
}

export interface TaskModel {
	/** By falling frequency. */
	readonly answers: readonly string[];
	/** The exponent of Zipf's law. */
	readonly skew: number;
	readonly templates: readonly string[];
	readonly things: readonly string[];
	/** The share of yes/no questions beside the others. */
	readonly yesNoShare?: number;
}

export const yesShare = 0.7;
/** How often a question's words follow its answer rather than chance. */
export const priorShare = 0.3;

const list = (text: string) => text.split(", ");
const things = list(
	"man, woman, dog, cat, car, bus, train, horse, boy, girl, bird, table, chair, wall, shirt, hat, umbrella, bike, sign, truck, boat, plate, cup, bench, tree, building, street, fence, clock, bag",
);

/** By task. */
export const vqaModels: Readonly<Record<string, TaskModel>> = {
	color: {
		answers: list("white, black, blue, red, brown, green, yellow, gray, orange, pink, silver, tan, purple, beige, gold, maroon"),
		skew: 0.9,
		templates: [
			"What color is the {thing}?",
			"What is the color of the {thing}?",
			"Which color does the {thing} have?",
			"What color is that {thing} in the back?",
			"What color are the {thing}s?",
		],
		things,
	},
	counting: {
		answers: list("1, 2, 3, 4, 0, 5, 6, 7, 8, 10, 9, 12, 11, 13, 15, 14"),
		skew: 1.3,
		templates: [
			"How many {thing}s are there?",
			"How many {thing}s can you see in the picture?",
			"What is the number of {thing}s?",
			"How many {thing}s are in front?",
		],
		things,
	},
	"object-presence": {
		answers: [],
		skew: 1,
		yesNoShare: 1,
		templates: ["Is there a {thing} in the picture?", "Can you see a {thing}?", "Are there any {thing}s?", "Is a {thing} visible here?"],
		things,
	},
	"sport-recognition": {
		answers: list("tennis, baseball, skateboarding, surfing, skiing, soccer, snowboarding, frisbee, basketball, polo, rugby, volleyball"),
		skew: 1,
		templates: ["What sport is this?", "What sport is the {thing} playing?", "Which sport is being played?", "What game are the {thing}s playing?"],
		things: list("man, woman, boy, girl, player, team, child, person, athlete, lady"),
	},
	"activity-recognition": {
		answers: list("sitting, standing, walking, eating, playing, riding, sleeping, running, jumping, talking, reading, swimming, cooking"),
		skew: 0.8,
		templates: ["What is the {thing} doing?", "What are the {thing}s doing?", "What activity is the {thing} doing?", "What does the {thing} do here?"],
		things: list("man, woman, boy, girl, dog, cat, player, child, person, lady, horse, bird, giraffe, elephant"),
	},
	attribute: {
		answers: list(
			"wood, large, metal, small, round, striped, brick, plastic, glass, old, leather, wet, square, cloudy, sunny, open, dirty, tall, short, long, concrete, curly, bald, empty, closed, new, tile, dry, rectangular, stone, cotton, narrow, plaid, wooden, young, flat, full, clean, thin, smooth, broken, shiny, dark, bright, soft, hard, paper, steel, wide, rusty, fluffy, spotted, floral, checkered, furry, carpet, grassy, sandy, muddy, snowy",
		),
		skew: 0.9,
		yesNoShare: 0.2,
		templates: [
			"What is the {thing} made of?",
			"How does the {thing} look?",
			"What shape is the {thing}?",
			"What kind of {thing} is it?",
			"What is the pattern of the {thing}?",
		],
		things,
	},
	"object-recognition": {
		answers: list(
			"pizza, cake, banana, apple, dog, cat, horse, elephant, giraffe, zebra, bear, sheep, cow, laptop, phone, bus, train, boat, kite, umbrella, clock, chair, bench, bed, book, bottle, glass, fork, knife, spoon, bowl, sandwich, carrot, broccoli, donut, hat, helmet, tie, bag, suitcase, racket, bat, glove, surfboard, skis, lamp, vase, flowers, tree, mirror, sink, toilet, oven, microwave, refrigerator, television, remote, keyboard, mouse, candle, pillow, blanket, towel, scissors, statue, flag, balloon, ladder, fence, bridge, tower, hydrant, backpack, shoe, watch, plate, napkin, guitar, toothbrush, orange",
		),
		skew: 0.8,
		templates: [
			"What is on the {thing}?",
			"What is next to the {thing}?",
			"What is the {thing} holding?",
			"What animal or object is behind the {thing}?",
			"What is the large object beside the {thing}?",
		],
		things,
	},
	"positional-reasoning": {
		answers: list(
			"table, man, wall, woman, car, tree, building, grass, fence, sign, chair, dog, street, window, bench, boat, bus, door, plate, bed, cup, sidewalk, truck, lamp, couch, shelf, horse, desk, floor, counter, bottle, umbrella, clock, water, mirror, cat, bowl, rock, train, book, pole, sink, bag, stove, curtain, beach, bush, laptop, pillow, flowers, mountain, hill, bridge, fork, candle, basket, kite, statue, cabinet, bicycle",
		),
		skew: 0.7,
		templates: [
			"What is to the left of the {thing}?",
			"What is to the right of the {thing}?",
			"What is above the {thing}?",
			"What is under the {thing}?",
			"What is in front of the {thing}?",
		],
		things,
	},
	"scene-recognition": {
		answers: list(
			"kitchen, beach, bathroom, street, park, living room, bedroom, field, restaurant, city, office, ocean, zoo, airport, forest, mountain, farm, train station, classroom, dining room, stadium, market, garage, garden, library, church, desert, lake, museum, hotel, parking lot, playground, bakery, harbor, skate park, courtyard, hallway, gym, store, bridge",
		),
		skew: 1,
		templates: [
			"What room is this?",
			"Where was this picture taken?",
			"What kind of place is this?",
			"Where is the {thing}?",
			"What is the scene in the picture?",
		],
		things,
	},
	"utility-affordance": {
		answers: list(
			"eating, sitting, cutting, drinking, sleeping, cooking, driving, writing, reading, cleaning, cutting paper, playing, typing, storing food, telling time, lighting, carrying things, washing, brushing teeth, keeping dry, decoration, calling, riding, protection, warmth, watching television, opening bottles, throwing, climbing, hanging clothes, measuring, sewing, digging, painting, shaving, mixing, drying, sweeping, ironing, fishing",
		),
		skew: 0.9,
		templates: [
			"What is the {thing} used for?",
			"What can you do with the {thing}?",
			"What is the purpose of the {thing}?",
			"What would somebody use the {thing} for?",
		],
		things,
	},
};

export function makeVqaLikeQuestions(options: VqaLikeOptions): Question[] {
	const tasks = options.tasks ?? Object.keys(vqaModels);
	return tasks.flatMap((task) => {
		const model = vqaModels[task];
		if (model === undefined) throw new RangeError(`there is no model of task ${task}`);
		return Array.from({ length: options.perTask }, (_, index) => makeQuestion(task, model, index, options));
	});
}

function makeQuestion(task: string, model: TaskModel, index: number, { seed, pictures, variantShare = 0 }: VqaLikeOptions): Question {
	const id = `${task}-${seed}-${index}`;
	const rng = random(seed, id, "vqa-like");
	const picture = rng.below(pictures);
	const isYesNo = rng.next() < (model.yesNoShare ?? 0);
	const answers = isYesNo ? ["yes", "no"] : model.answers;
	const weights = isYesNo ? [yesShare, 1 - yesShare] : answers.map((_, rank) => 1 / (rank + 1) ** model.skew);
	const rank = rng.weighted(weights);
	// Each answer has a few things and a template of its own, which its questions name more often than others do.
	const home = <T>(values: readonly T[], spread: number): T =>
		rng.next() < priorShare ? (values[(rank * 7 + rng.below(spread)) % values.length] as T) : rng.pick(values);
	const thing = home(model.things, 3);
	const text = isYesNo && model.yesNoShare !== 1 ? `Is the ${thing} ${rng.pick(model.answers)}?` : home(model.templates, 1).replace("{thing}", thing);
	const answer = answers[rank] as string;
	return {
		id,
		source: "vqa-like",
		image: `/pictures/${seed}-${picture}.jpg`,
		text,
		task,
		answer: rng.next() < variantShare ? answer.charAt(0).toUpperCase() + answer.slice(1) : answer,
	};
}
