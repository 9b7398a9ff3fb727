import { describe, expect, it } from "vitest";
import { sameMeaning } from "../../../src/language/index.js";
import { type Question, questionSchema, standardTasks } from "../../../src/records/index.js";
import { allKinds } from "../../../src/sources/scenes/world/kinds.js";
import type { Scene, Thing } from "../../../src/sources/scenes/world/scene.js";
import { listQuestions, sceneOf } from "./support.js";

const questions = listQuestions({ pictures: 700 });

const middle = ({ box }: Thing): number => (box.left + box.right) / 2;
const names = (things: readonly Thing[]): string[] => things.map(({ kind }) => kind.name);
const namedIn = ({ text }: Question, { things }: Scene): Thing[] => things.filter(({ kind }) => new RegExp(`\\b${kind.name}\\b`).test(text));

/** What is true of the picture, of all that could be said in reply: found without the code that asks. Nothing for what is not a list. */
function truths(question: Question, scene: Scene): string[] | undefined {
	const { things, setting, weather } = scene;
	switch (question.pool ?? question.task) {
		case "animal":
		case "food":
			return names(things.filter(({ kind }) => kind.category === question.pool));
		case "vehicle":
			return [
				...names(things.filter(({ kind }) => kind.category === "vehicle")),
				...things.flatMap(({ person }) => (person?.activity.gear === "bicycle" ? ["bicycle"] : [])),
			];
		case "object":
			return /wall/.test(question.text)
				? names(things.filter(({ kind }) => ["window", "mirror", "painting", "curtain", "blackboard"].includes(kind.name)))
				: names(things.filter(({ on }) => on?.kind.name === "table"));
		case "neighbor": {
			const [, side, name] = /to the (left|right) of the (.+)\?/.exec(question.text) ?? [];
			const thing = things.find(({ kind }) => kind.name === name);
			return thing === undefined
				? []
				: names(things.filter((other) => other !== thing && (side === "left" ? middle(other) < middle(thing) : middle(other) > middle(thing))));
		}
		case "held":
			return namedIn(question, scene).flatMap(({ person }) => person?.activity.held ?? []);
		case "weather":
			return [weather];
		case "scene-recognition":
			return [setting.name];
		case "activity-recognition":
			return namedIn(question, scene).flatMap(({ person }) => person?.activity.name ?? []);
		case "sport-recognition":
			return things.flatMap(({ person }) => person?.activity.sport ?? []);
		default:
			return undefined;
	}
}

describe("questions about scenes", () => {
	it("fit the schema, and name one picture each", async () => {
		for (const question of await questions) {
			expect(questionSchema.safeParse(question).success, question.id).toBe(true);
			expect(question.id.startsWith(question.image.replace(".png", ""))).toBe(true);
			expect(question.evidence?.length).toBeGreaterThanOrEqual(2);
		}
	});

	it("have ids and texts of their own within a picture", async () => {
		const all = await questions;
		expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
		expect(new Set(all.map(({ image, text }) => `${image} ${text}`)).size).toBe(all.length);
	});

	it("cover all ten tasks, each with at least five answers, or both yes and no", async () => {
		for (const task of standardTasks) {
			const answers = new Set((await questions).filter((question) => question.task === task).map(({ answer }) => answer));
			expect(answers.size, task).toBeGreaterThanOrEqual(task === "object-presence" ? 2 : 5);
		}
	});

	it("never leave another true answer of the pool outside alsoRight", async () => {
		const all = await questions;
		const pools = new Map<string, Set<string>>();
		for (const { task, pool, answer } of all) pools.set(`${task} ${pool}`, (pools.get(`${task} ${pool}`) ?? new Set()).add(answer));
		let checked = 0;
		for (const question of all) {
			const true_ = truths(question, sceneOf(question));
			if (true_ === undefined) continue;
			checked++;
			const allowed = [question.answer, ...(question.alsoRight ?? [])];
			const escaped = true_.filter(
				(answer) => pools.get(`${question.task} ${question.pool}`)?.has(answer) && !allowed.some((other) => sameMeaning(answer, other)),
			);
			expect(escaped, `${question.id}: ${question.text} ${question.answer}`).toEqual([]);
			expect(true_, question.id).toContain(question.answer);
		}
		expect(checked).toBeGreaterThan(1000);
	});

	it("leave at least three answers of their pool to be wrong", async () => {
		const all = (await questions).filter(({ task }) => task !== "object-presence");
		const poolOf = ({ task, pool }: Question): string => `${task} ${pool}`;
		const pools = new Map<string, Set<string>>();
		for (const question of all) pools.set(poolOf(question), (pools.get(poolOf(question)) ?? new Set()).add(question.answer));
		for (const question of all) {
			const right = [question.answer, ...(question.alsoRight ?? [])];
			const wrong = [...(pools.get(poolOf(question)) ?? [])].filter((answer) => !right.some((other) => sameMeaning(answer, other)));
			expect(wrong.length, `${question.id}: ${question.text} ${question.answer}`).toBeGreaterThanOrEqual(3);
		}
	});

	it("count what is there, every one of it clear to see", async () => {
		for (const question of (await questions).filter(({ task }) => task === "counting")) {
			const { things } = sceneOf(question);
			const people = /\bpeople\b/.test(question.text);
			const kind = allKinds.find(({ plural }) => new RegExp(`(?:many|number of) ${plural}\\b`).test(question.text));
			const counted = things.filter((thing) => (people ? thing.person !== undefined : thing.kind === kind));
			const ridden = things.filter(({ person }) => !people && person?.activity.gear === kind?.name).length;
			expect(String(counted.length + ridden), `${question.id} ${question.text}`).toBe(question.answer);
			expect(counted.every(({ clear }) => clear)).toBe(true);
		}
	});

	it("say no only where no such kind is drawn", async () => {
		const asked = (await questions).filter(({ task }) => task === "object-presence");
		for (const question of asked) {
			const found = namedIn(question, sceneOf(question)).length > 0;
			expect(found, `${question.id} ${question.text}`).toBe(question.answer === "yes");
		}
		const yes = asked.filter(({ answer }) => answer === "yes").length / asked.length;
		expect(yes).toBeGreaterThan(0.52);
		expect(yes).toBeLessThan(0.72);
	});

	it("follow the skew: a frequent few with it, more even without", async () => {
		const share = async (skew: number): Promise<number> => {
			const places = (await listQuestions({ skew, pictures: 300 })).filter(({ task }) => task === "scene-recognition");
			return places.filter(({ answer }) => answer === "street").length / places.length;
		};
		expect(await share(1)).toBeGreaterThan(0.17);
		expect(await share(0)).toBeLessThan(0.11);
	});
});
