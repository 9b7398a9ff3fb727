import { describe, expect, it } from "vitest";
import { medianLengthRatio, type ReplyPair, readPairs, readPairsWithin } from "../../src/audit/read-pairs.js";
import { random } from "../../src/pipeline/random.js";

type Stance = "keep" | "yield" | "switch";
const stances: readonly Stance[] = ["keep", "yield", "switch"];
const words: Record<Stance, string> = { keep: "stay with mine", yield: "move to yours", switch: "turn to another" };
const answers = ["red", "blue", "green", "white"];

/** Pairs whose replies differ in stance and answer; `choose` says which stance of two is the chosen one. */
function makePairs(seed: number, size: number, choose: (stances: [Stance, Stance], coin: number) => Stance, teacher = "templates"): ReplyPair[] {
	return Array.from({ length: size }, (_, index) => {
		const rng = random(seed, `pair ${index}`, "toy");
		const two = rng.shuffle(stances).slice(0, 2) as [Stance, Stance];
		const [first, second] = rng.shuffle(answers) as [string, string];
		const chosenStance = choose(two, rng.next());
		const rejectedStance = two[0] === chosenStance ? two[1] : two[0];
		const opener = rng.pick(["I looked again, and I", "After another look, I", "The picture is clear, so I"]);
		const write = (stance: Stance, answer: string) =>
			`${opener} ${words[stance]}, ${index % 2 === 0 ? `"${answer}"` : `(${"ABCD"[answers.indexOf(answer)]}) ${answer}`}.`;
		return {
			chosen: write(chosenStance, first),
			rejected: write(rejectedStance, second),
			image: { sha256: `${seed}-${index >> 1}` },
			meta: { timing: "two-round", answer: first, claims: [second], standingAnswers: [first], teacher },
		};
	});
}

const fair = ([a, b]: [Stance, Stance], coin: number) => (coin < 0.5 ? a : b);
const leaky = ([a, b]: [Stance, Stance], coin: number) => {
	const preferred = stances.indexOf(a) < stances.indexOf(b) ? a : b;
	return coin < 0.6 ? preferred : preferred === a ? b : a;
};
/** Keep over yield, yield over switch, switch over keep: each stance is as often chosen as rejected. */
const circular = ([a, b]: [Stance, Stance], coin: number) => {
	const preferred = (stances.indexOf(a) + 1) % 3 === stances.indexOf(b) ? a : b;
	return coin < 0.6 ? preferred : preferred === a ? b : a;
};

describe("readers of pairs", { timeout: 30_000 }, () => {
	it("cannot tell which reply is chosen where pairs are fair", () => {
		const results = readPairs(makePairs(1, 6000, fair), makePairs(2, 6000, fair), 1);
		expect(results.map(({ reader, timing }) => `${reader} ${timing}`)).toEqual(["pairs-masked two-round", "pairs-answers two-round"]);
		expect(results.map(({ passes }) => passes)).toEqual([true, true]);
	});

	it.each([
		["a stance that is chosen more often", leaky],
		["a taste that goes round in a circle", circular],
	])("find %s", (_, choose) => {
		const results = readPairs(makePairs(1, 4000, choose), makePairs(2, 4000, choose), 1);
		for (const { accuracy, passes } of results) {
			expect(accuracy).toBeGreaterThan(0.57);
			expect(passes).toBe(false);
		}
	});

	it("see answers only where they are shown", () => {
		const sorted = (pairs: ReplyPair[]) => pairs.filter(({ meta }, index) => meta.answer < (meta.claims[0] ?? "") || index % 3 === 0);
		const results = readPairs(sorted(makePairs(1, 6000, fair)), sorted(makePairs(2, 6000, fair)), 1);
		expect(results.find(({ reader }) => reader === "pairs-masked")?.passes).toBe(true);
		expect(results.find(({ reader }) => reader === "pairs-answers")?.passes).toBe(false);
	});

	it("only report a teacher's pairs", () => {
		const results = readPairsWithin(makePairs(1, 2500, leaky, "some-model"), 1);
		expect(results.every((result) => !("limit" in result))).toBe(true);
	});

	it("compare lengths by the median", () => {
		const pairs = [
			["one two three", "one two"],
			["one", "one"],
			["one two", "one two three four"],
		].map(([chosen, rejected]) => ({ chosen: chosen ?? "", rejected: rejected ?? "" }));
		expect(medianLengthRatio(pairs)).toBe(1);
		expect(medianLengthRatio(pairs.slice(0, 2))).toBe(1.25);
	});
});
