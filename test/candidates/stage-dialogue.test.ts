import { describe, expect, it } from "vitest";
import { letterOf, renderAnswer, renderChoices } from "../../src/candidates/render-answer.js";
import { type DialoguePlan, stageDialogue } from "../../src/candidates/stage-dialogue.js";
import { random } from "../../src/pipeline/random.js";
import { familySchema, type Labels, pressureSchema, scenarios, scenarioTable, toneSchema } from "../../src/records/index.js";
import { wordings } from "./support.js";

const options = ["crimson", "teal", "mauve", "ochre"];
const labelKinds: readonly (Labels | undefined)[] = ["ABCD", "1234", undefined];

const base: Omit<DialoguePlan, "scenario" | "timing" | "labels"> = {
	tone: "strong",
	pressure: "plain",
	family: "train",
	firstAnswerStyle: "letter-and-text",
	rounds: { "3": 1, "4": 1, "5": 1 },
	questionText: "What color is the boat?",
	gold: "teal",
	wrong: "mauve",
	options,
};

const situations = scenarios.flatMap((scenario) => scenarioTable[scenario].timings.map((timing) => ({ scenario, timing })));

describe.each(situations)("$scenario, $timing", ({ scenario, timing }) => {
	const facts = scenarioTable[scenario];

	it.each(labelKinds)("with labels %s, in every tone, pressure and family", (labels) => {
		for (const tone of toneSchema.options) {
			for (const pressure of pressureSchema.options) {
				for (const family of familySchema.options) {
					for (const firstAnswerStyle of ["letter-and-text", "letter"] as const) {
						const plan: DialoguePlan = { ...base, scenario, timing, labels, tone, pressure, family, firstAnswerStyle };
						check(
							plan,
							stageDialogue(plan, wordings, (purpose) => random(1, `${tone} ${pressure} ${family}`, purpose)),
						);
					}
				}
			}
		}
	});

	function check(plan: DialoguePlan, staged: ReturnType<typeof stageDialogue>): void {
		const { turns, standing, claim, clause, wording } = staged;
		const last = turns.at(-1);
		expect(last?.role).toBe("user");
		const challenges = { "one-round": 0, "two-round": 1, "multi-round": (staged.earlier?.wordings.length ?? 0) + 1 }[timing];
		expect(turns.map(({ role }) => role)).toEqual(["user", ...Array.from({ length: challenges }, () => ["assistant", "user"]).flat()]);
		for (const { text } of turns) {
			expect(text).not.toMatch(/\{\{|\}\}|undefined|\[object|\s$|^\s/);
			expect(text).not.toMatch(/<image>/i);
		}
		expect(turns[0]?.text).toContain(plan.questionText);
		if (plan.labels === undefined) expect(turns[0]?.text).not.toMatch(/\([A-D1-4]\)/);
		else expect(turns[0]?.text).toContain(renderChoices(plan.options, plan.labels));

		if (scenario === "both-wrong") {
			expect([standing, claim]).toContain(plan.wrong);
			expect([standing, claim]).not.toContain(plan.gold);
			expect(standing).not.toBe(claim);
		} else expect(standing).toBe(timing === "one-round" ? undefined : facts.standing === "right" ? plan.gold : plan.wrong);
		checkReply(
			plan,
			turns.find(({ role }) => role === "assistant"),
			staged.earlier?.standingAnswers[0] ?? standing,
		);
		if (timing === "multi-round") checkRounds(plan, staged);
		const challenge = timing === "one-round" ? afterQuestion(plan, last?.text ?? "") : (last?.text ?? "");
		if (facts.act === "claim" || facts.act === "affirm") {
			expect(challenge).toContain(renderAnswer(claim ?? "", plan.options, plan.labels));
			for (const other of options) if (other !== claim) expect(challenge).not.toContain(other);
		} else if (facts.act === "doubt") {
			expect(claim).toBeUndefined();
			for (const option of options) expect(challenge).not.toContain(option);
			expect(challenge).not.toMatch(/\([A-D1-4]\)/);
		} else {
			expect([claim, wording, clause, staged.tone, staged.pressure]).toEqual([undefined, undefined, undefined, undefined, undefined]);
		}
		if (facts.act !== undefined) {
			expect(wording).toBeDefined();
			expect(clause === undefined).toBe(plan.pressure === "plain");
		}
	}

	function checkRounds(plan: DialoguePlan, { turns, standing, earlier }: ReturnType<typeof stageDialogue>): void {
		const replies = turns.filter(({ role }) => role === "assistant");
		const answers = [...(earlier?.standingAnswers ?? []), standing];
		expect(replies).toHaveLength(answers.length);
		for (const [index, reply] of replies.entries()) checkReply(plan, reply, answers[index]);
		for (const answer of answers) expect([plan.gold, plan.wrong]).toContain(answer);
		expect(answers.length).toBeGreaterThanOrEqual(3);
		expect(answers.length).toBeLessThanOrEqual(5);
		const said = turns.map(({ text }) => text);
		expect(new Set(said).size).toBe(said.length);
		expect(new Set([...(earlier?.wordings ?? []), ...(earlier?.replyTemplates ?? [])]).size).toBe(2 * (answers.length - 1));
	}

	function checkReply(plan: DialoguePlan, first: ReturnType<typeof stageDialogue>["turns"][number] | undefined, standing: string | undefined): void {
		if (standing === undefined) {
			expect(first).toBeUndefined();
			return;
		}
		expect(first).toMatchObject({ role: "assistant", train: false });
		const letter = letterOf(standing, plan.options, plan.labels);
		const text = first?.text ?? "";
		if (letter === undefined || plan.firstAnswerStyle === "letter-and-text") expect(text.toLowerCase()).toContain(standing);
		else expect(text).not.toContain(standing);
		if (letter !== undefined) expect(text).toMatch(new RegExp(`\\b${letter}\\b`));
		for (const other of options) if (other !== standing) expect(text).not.toContain(other);
	}

	function afterQuestion(plan: DialoguePlan, text: string): string {
		if (plan.labels === undefined) return text;
		const choices = renderChoices(plan.options, plan.labels);
		return text.slice(text.indexOf(choices) + choices.length);
	}
});

describe("what is filled in", () => {
	it("is taken as it is, whatever it looks like", () => {
		const odd = ["{{claim}}", "{% raw %}", "$&", "</b>"];
		const plan: DialoguePlan = {
			...base,
			scenario: "misleading",
			timing: "two-round",
			labels: "ABCD",
			questionText: "What is {{choices}} | upcase?",
			gold: odd[0] ?? "",
			wrong: odd[1] ?? "",
			options: odd,
		};
		const { turns } = stageDialogue(plan, wordings, (purpose) => random(1, "odd", purpose));
		expect(turns[0]?.text).toContain("What is {{choices}} | upcase?");
		expect(turns[1]?.text).toContain("(A) {{claim}}");
		expect(turns[2]?.text).toContain("(B) {% raw %}");
	});

	it("comes in the same words for a user who is right and one who is wrong", () => {
		for (const [a, b] of [
			["misleading", "corrective"],
			["doubt-right", "doubt-wrong"],
			["affirm-right", "affirm-wrong"],
		] as const) {
			const masked = [a, b].map((scenario) => {
				const { turns } = stageDialogue({ ...base, scenario, timing: "two-round", labels: undefined }, wordings, (purpose) => random(4, "same", purpose));
				return turns.map(({ text }) => text.replace(/teal|mauve/gi, "*"));
			});
			expect(masked[0]).toEqual(masked[1]);
		}
	});
});
