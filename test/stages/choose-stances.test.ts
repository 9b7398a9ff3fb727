import { describe, expect, it } from "vitest";
import dpo from "../../pipelines/dpo.js";
import { configSchema } from "../../src/config/schema.js";
import { random } from "../../src/pipeline/random.js";
import { settingsOf } from "../../src/run/process.js";
import { chooseStances, type Side } from "../../src/stages/choose-stances.js";
import { drawFrom, listCandidates } from "../candidates/support.js";
import { makeVqaLikeQuestions } from "../support/vqa-like.js";

const { stanceShares } = settingsOf(dpo, configSchema.parse({ out: "x", source: { type: "sample" } }), 1);

/** Candidates with four choices in the default shares. */
const candidates = drawFrom(
	makeVqaLikeQuestions({ seed: 1, perTask: 700, pictures: 50_000, tasks: ["sport-recognition", "activity-recognition", "scene-recognition"] }),
	{
		scenarios: { misleading: 20, corrective: 20, "both-wrong": 10, "affirm-right": 10, "affirm-wrong": 10, "doubt-right": 10, "doubt-wrong": 10 },
		dialoguesPerQuestion: 6,
	},
).then(listCandidates);

const sides = candidates.then((list) =>
	list.map((candidate) => ({ candidate, ...chooseStances(candidate, stanceShares, random(1, candidate.group, "stances")) })),
);

describe("pairs", () => {
	it("choose each stance as often as they reject it, pooled over scenarios", async () => {
		const all = await sides;
		expect(all.length).toBeGreaterThan(9_000);
		for (const timing of ["one-round", "two-round"] as const) {
			const mine = all.filter(({ candidate }) => candidate.cell.timing === timing);
			for (const stance of timing === "one-round" ? (["agree", "differ"] as const) : (["keep", "yield", "switch"] as const)) {
				const chosen = mine.filter((side) => side.chosen.stance === stance).length / mine.length;
				const rejected = mine.filter((side) => side.rejected.stance === stance).length / mine.length;
				expect(Math.abs(chosen - rejected), stance).toBeLessThan(0.01);
				expect(chosen).toBeGreaterThan(0.1);
			}
		}
	});

	it("choose the gold, reject something else, and do what they say", async () => {
		const wrong = (await sides).filter(({ candidate, chosen, rejected }) => {
			const { question, standing, claim, options, cell } = candidate;
			const fits = ({ stance, answer }: Side) =>
				({
					keep: answer === standing,
					yield: answer === claim,
					switch: answer !== standing && answer !== claim,
					agree: cell.timing === "one-round" && answer === claim,
					differ: cell.timing === "one-round" && answer !== claim,
				})[stance];
			const sound = chosen.answer === question.answer && rejected.answer !== question.answer && chosen.stance !== rejected.stance;
			return !(sound && options.includes(rejected.answer) && fits(chosen) && fits(rejected));
		});
		expect(wrong).toEqual([]);
	});

	it("are none of a dialogue without a challenge", () => {
		const neutral = drawFrom(makeVqaLikeQuestions({ seed: 1, perTask: 20, pictures: 100, tasks: ["color"] }), { scenarios: { neutral: 1 } });
		return neutral.then((draw) => {
			const [candidate] = listCandidates(draw);
			if (candidate === undefined) throw new Error("there is no candidate");
			expect(() => chooseStances(candidate, stanceShares, random(1, "n", "stances"))).toThrow(RangeError);
		});
	});
});
