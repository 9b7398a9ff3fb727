import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planRounds, type RoundsPlan } from "../../src/candidates/plan-rounds.js";
import { random } from "../../src/pipeline/random.js";

const answers = { gold: "red", wrong: "blue" };
const planned = fc.record({
	rounds: fc.integer({ min: 3, max: 5 }),
	first: fc.constantFrom("red", "blue", undefined),
	standing: fc.constantFrom("red", "blue"),
	seed: fc.nat(),
});

function plan(given: Pick<RoundsPlan, "rounds" | "first" | "standing">, seed: number, golds = answers) {
	const other = given.standing === golds.gold ? golds.wrong : golds.gold;
	return planRounds({ ...given, ...golds, last: { act: "claim", claim: other } }, random(seed, "dialogue", "rounds"));
}

/** The answers that stand, from the first to the last. */
function standings({ firstAnswer, rounds }: ReturnType<typeof plan>): string[] {
	return [firstAnswer, ...rounds.flatMap(({ reply }) => (reply === undefined ? [] : [reply.answer]))];
}

describe("the rounds of a dialogue", () => {
	it("are as many as asked for, begin with the first answer and end with the standing one", () => {
		fc.assert(
			fc.property(planned, ({ seed, ...given }) => {
				const made = plan(given, seed);
				expect(made.rounds).toHaveLength(given.rounds);
				expect(standings(made)).toHaveLength(given.rounds);
				expect(standings(made).at(-1)).toBe(given.standing);
				if (given.first !== undefined) expect(made.firstAnswer).toBe(given.first);
				expect(made.rounds.at(-1)?.reply).toBeUndefined();
			}),
		);
	});

	it("say what the model does: it keeps its answer, takes over the user's, or switches on a bare doubt", () => {
		fc.assert(
			fc.property(planned, ({ seed, ...given }) => {
				const made = plan(given, seed);
				let before = made.firstAnswer;
				for (const { act, claim, reply } of made.rounds.slice(0, -1)) {
					expect(act === "doubt").toBe(claim === undefined);
					if (reply?.stance === "keep") {
						expect(reply.answer).toBe(before);
						expect(claim).not.toBe(before);
					} else {
						expect(reply?.answer).not.toBe(before);
						expect(claim).toBe(reply?.stance === "yield" ? reply.answer : undefined);
					}
					before = reply?.answer ?? before;
				}
			}),
		);
	});

	it("are right and wrong equally often in every round before the last, whatever the end is", () => {
		for (const rounds of [3, 4, 5]) {
			for (const standing of ["red", "blue"]) {
				const right = Array.from({ length: rounds - 1 }, () => 0);
				const many = 4000;
				for (let seed = 0; seed < many; seed++) {
					for (const [index, answer] of standings(plan({ rounds, first: undefined, standing }, seed))
						.slice(0, -1)
						.entries()) {
						if (answer === "red") right[index] = (right[index] ?? 0) + 1;
					}
				}
				// Four standard deviations of a fair coin.
				for (const count of right) expect(Math.abs(count / many - 0.5)).toBeLessThan(2 / Math.sqrt(many));
			}
		}
	});

	it("do not tell who is right: with gold and wrong exchanged the same dialogues are as likely", () => {
		const tally = (golds: typeof answers) => {
			const seen = new Map<string, number>();
			for (let seed = 0; seed < 6000; seed++) {
				const text = JSON.stringify(plan({ rounds: 3, first: undefined, standing: "red" }, seed, golds));
				seen.set(text, (seen.get(text) ?? 0) + 1);
			}
			return seen;
		};
		const [asGold, asWrong] = [tally(answers), tally({ gold: "blue", wrong: "red" })];
		expect([...asWrong.keys()].sort()).toEqual([...asGold.keys()].sort());
		for (const [text, count] of asGold) expect(Math.abs(count - (asWrong.get(text) ?? 0)), text).toBeLessThan(6 * Math.sqrt(count));
	});

	it("push the right answer after a wrong one and a wrong one after the right one", () => {
		const orders = new Set<string>();
		for (let seed = 0; seed < 200; seed++) {
			const claims = plan({ rounds: 5, first: undefined, standing: "red" }, seed).rounds.flatMap(({ claim }) => claim ?? []);
			for (const [index, claim] of claims.slice(1).entries()) orders.add(`${claims[index]} ${claim}`);
		}
		expect([...orders].sort()).toEqual(["blue blue", "blue red", "red blue", "red red"]);
	});
});
