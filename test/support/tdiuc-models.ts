import type { Random } from "../../src/pipeline/random.js";
import { priorShare, type TaskModel, vqaModels, yesShare } from "./vqa-like.js";

/** What is asked and answered in each of TDIUC's question types, as often as in the published files. */

export interface AnswerModel {
	/** As the files name it. */
	readonly type: string;
	/** In the published files. */
	readonly questions: number;
	draw(rng: Random): { text: string; answer: string };
}

/** Question type, our task, and the published questions and different answers. */
const published: readonly (readonly [type: string, task: string, questions: number, answers: number])[] = [
	["scene_recognition", "scene-recognition", 66_706, 83],
	["sport_recognition", "sport-recognition", 31_644, 12],
	["color", "color", 195_564, 16],
	["attribute", "attribute", 28_676, 625],
	["activity_recognition", "activity-recognition", 8_530, 13],
	["positional_reasoning", "positional-reasoning", 38_326, 1_300],
	["object_recognition", "object-recognition", 93_555, 385],
	["absurd", "color", 366_654, 1],
	["utility_affordance", "utility-affordance", 521, 187],
	["object_presence", "object-presence", 657_134, 2],
	["counting", "counting", 164_762, 16],
	["sentiment_understanding", "activity-recognition", 2_095, 4],
];

const list = (text: string) => text.trim().split(/,\s*/);

/** What questions ask about, beside the things of the other lists. */
const moreThings = list(`
	airplane, apple, backpack, ball, banana, basket, bear, bed, blanket, book, bottle, bowl, box, bridge, bucket, cabinet, cake, camera, candle, carrot, cow, cupboard,
	curtain, desk, donkey, door, drawer, elephant, flag, flower, fork, fountain, giraffe, glove, goat, guitar, hammer, helmet, hydrant, jacket, kettle, kite, knife, ladder,
	lamp, laptop, lion, mailbox, microwave, mirror, monkey, motorcycle, necklace, oven, pan, parrot, pencil, piano, pillow, pizza, pumpkin, rabbit, radio, rope, sandwich,
	scooter, sheep, shelf, shoe, sink, skateboard, sofa, spoon, stool, suitcase, surfboard, teapot, tent, tie, toaster, toilet, towel, tractor, tray, vase, violin, wagon,
	watch, wheelchair, whistle, window, zebra
`);

/** In front of a thing: which one of its kind. Two of them with one thing are two answers. */
const kinds = list(`
	kitchen, garden, office, street, toy, paper, picnic, baby, camping, hotel, school, coffee, wedding, party, museum, winter, country, village, market, circus, army, ship,
	fishing, birthday, antique, folding, striped, wooden, metal, plastic, glass, leather, spotted, painted, broken, giant, miniature, double, corner, travel
`);

/** Answers that people spell or word otherwise: beside the list's answer, once in a while. */
const otherWordings: ReadonlyMap<string, string> = new Map([
	["gray", "grey"],
	["purple", "violet"],
	["couch", "sofa"],
	["laptop", "laptop computer"],
	["wood", "wooden"],
	["round", "circular"],
	["phone", "cell phone"],
	["refrigerator", "fridge"],
	["bicycle", "bike"],
	["tree", "trees"],
	["ocean", "sea"],
	["two", "2"],
	["one", "1"],
]);
const otherWordingShare = 0.1;
/** Answers that hardly anyone else gives. */
const oddShare = 0.003;

const numberWords = list("zero, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen");
const sentiments = list("happy, sad, angry, scared");
const materials = list("wood, metal, brick, plastic, glass, leather, concrete, tile, stone, cotton, wooden, paper, steel");
const shapes = list("round, square, rectangular");

export function listModels(): AnswerModel[] {
	return published.map(([type, task, questions, answerCount]) => ({ type, questions, ...createDraw(type, vqaModels[task] as TaskModel, answerCount) }));
}

function createDraw(type: string, model: TaskModel, answerCount: number): Pick<AnswerModel, "draw"> {
	const answers = answersOf(type, model, answerCount);
	const ranks = createZipf(answers.length, model.skew);
	const things = [...new Set([...model.things, ...moreThings])];
	const isPresence = type === "object_presence";
	return {
		draw(rng) {
			const rank = isPresence ? Number(rng.next() >= yesShare) : ranks(rng.next());
			const follows = rng.next() < priorShare;
			const thing = things[follows ? (rank * 7 + Math.floor(rng.next() * 3)) % things.length : Math.floor(rng.next() * things.length)] as string;
			const answer = answers[rank] as string;
			const template = templateFor(type, answer) ?? (model.templates[Math.floor(rng.next() * model.templates.length)] as string);
			return { text: template.replace("{thing}", thing), answer: wordOtherwise(type, answer, rng) };
		},
	};
}

function answersOf(type: string, { answers }: TaskModel, count: number): string[] {
	if (type === "object_presence") return ["yes", "no"];
	if (type === "absurd") return ["doesnotapply"];
	if (type === "sentiment_understanding") return sentiments;
	if (type === "counting") return answers.map((answer) => numberWords[Number(answer)] as string).slice(0, count);
	if (type === "attribute") {
		const plain = answers.filter((answer) => !materials.includes(answer) && !shapes.includes(answer));
		return [...answers, ...plain.flatMap((one) => plain.slice(0, 12).flatMap((other) => (one === other ? [] : [`${other} and ${one}`])))].slice(0, count);
	}
	const more = kinds.flatMap((kind) => moreThings.map((thing) => (type === "utility_affordance" ? `moving a ${kind} ${thing}` : `${kind} ${thing}`)));
	return [...new Set([...answers, ...(type === "positional_reasoning" || type === "object_recognition" ? moreThings : []), ...more])].slice(0, count);
}

/** Materials and shapes are asked for in words of their own. */
function templateFor(type: string, answer: string): string | undefined {
	if (type === "sentiment_understanding") return "How does the {thing} feel?";
	if (type !== "attribute") return undefined;
	return materials.includes(answer) ? "What is the {thing} made of?" : shapes.includes(answer) ? "What shape is the {thing}?" : "How does the {thing} look?";
}

function wordOtherwise(type: string, answer: string, rng: Random): string {
	if (type === "absurd" || type === "object_presence") return answer;
	const draw = rng.next();
	if (draw < oddShare && type !== "color") return `${answer} number ${Math.floor(rng.next() * 1_000_000)}`;
	return draw < otherWordingShare ? (otherWordings.get(answer) ?? answer) : answer;
}

/** Ranks by Zipf's law, for a number between 0 and 1. */
function createZipf(count: number, skew: number): (chance: number) => number {
	const sums = new Float64Array(count);
	let sum = 0;
	for (let rank = 0; rank < count; rank++) {
		sum += 1 / (rank + 1) ** skew;
		sums[rank] = sum;
	}
	return (chance) => {
		let low = 0;
		let high = count - 1;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((sums[middle] ?? 0) > chance * sum) high = middle;
			else low = middle + 1;
		}
		return low;
	};
}
