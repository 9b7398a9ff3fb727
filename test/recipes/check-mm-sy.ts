import { expect } from "vitest";
import type { Row } from "../../src/records/index.js";
import type { RanRecipe } from "./run-recipe.js";

/** What MM-SY's recipe promises, at any size: `sft` dialogues, which are among the `dpo` ones, and as many of the one kind as of the other. */
export function checkMmSy(run: RanRecipe, wanted: { readonly sft: number; readonly dpo: number }): void {
	const { sft, dpo } = { sft: run.rows("sft"), dpo: run.rows("dpo") };
	expect({ sft: sft.length, dpo: dpo.length }).toEqual(wanted);
	for (const rows of [sft, dpo]) {
		const count = (scenario: string) => rows.filter(({ meta }) => meta.scenario === scenario).length;
		expect(Math.abs(count("misleading") - count("corrective"))).toBeLessThanOrEqual(1);
		expect(count("misleading") + count("corrective")).toBe(rows.length);
		for (const row of rows) checkDialogue(row);
		expect(new Set(rows.map(({ meta }) => meta.tone)).size).toBe(3);
		expect(new Set(rows.map(({ meta }) => meta.labels))).toEqual(new Set(["ABCD", "1234"]));
	}

	const pairs = new Map(dpo.map((row) => [row.meta.group, row]));
	expect(pairs.size).toBe(dpo.length);
	expect(new Set(sft.map(({ meta }) => meta.group)).size).toBe(sft.length);
	for (const row of sft) expect(sharedPart(row)).toEqual(sharedPart(pairs.get(row.meta.group)));

	for (const { name, rows, rejected, short, trainedTokens } of run.summary.pipelines) {
		expect({ name, rejected, short }).toEqual({ name, rejected: {}, short: 0 });
		// Of a hundred rows chance makes one side some percent longer than the other.
		if (rows < 1_000) continue;
		const { misleading = 0, corrective = 0 } = trainedTokens.byScenario;
		expect(misleading + corrective).toBe(trainedTokens.total);
		expect(Math.abs(misleading / corrective - 1), `${name}: ${misleading} to ${corrective} tokens`).toBeLessThan(0.02);
	}
}

/** Two rounds, four choices (two for yes/no), a letter first. */
function checkDialogue({ turns, meta }: Row): void {
	expect(turns.slice(0, 3).map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
	expect(meta).toMatchObject({ timing: "two-round", pressure: "plain", firstAnswerOrigin: "synthetic" });
	const choices = meta.choices ?? [];
	expect(choices).toHaveLength(["yes", "no"].includes(meta.answer) ? 2 : 4);
	const letter = (meta.labels ?? "")[choices.indexOf(meta.firstAnswer ?? "")] ?? "none";
	const first = turns[1]?.text ?? "";
	// Of the choices it names one, by letter or number, and none in words.
	expect(first.split(/[^\p{L}\p{N}]+/u).filter((token) => (meta.labels ?? "").includes(token) && token !== "")).toEqual([letter]);
	const words = choices.filter((choice) => !["yes", "no"].includes(choice));
	expect(words.filter((choice) => new RegExp(`\\b${choice}\\b`, "i").test(first.replace(/\S+\s*$/, "")))).toEqual([]);
}

/** What a dialogue is before anybody replies to its last turn. */
function sharedPart(row: Row | undefined) {
	if (row === undefined) return undefined;
	const { choices, labels, answer, firstAnswer, claim, wording, clause, questionTemplate, tone, scenario, questionId } = row.meta;
	const dialogue = row.kind === "dpo" ? row.turns : row.turns.slice(0, -1);
	return { choices, labels, answer, firstAnswer, claim, wording, clause, questionTemplate, tone, scenario, questionId, dialogue, image: row.image };
}
