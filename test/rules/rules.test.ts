import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { kindSchema, scenarios, scenarioTable } from "../../src/records/index.js";
import { checkRow, rules } from "../../src/rules/index.js";
import { makeRow } from "./make-row.js";

describe("rules", () => {
	it("each have a file of their own, named by the reason", () => {
		const helpers = ["index", "rule", "row-texts", "row-answers"];
		const files = readdirSync(fileURLToPath(new URL("../../src/rules", import.meta.url))).map((file) => file.replace(/\.ts$/, ""));
		expect(rules.map((rule) => rule.reason).sort()).toEqual(files.filter((file) => !helpers.includes(file)).sort());
	});

	for (const kind of kindSchema.options) {
		for (const scenario of scenarios) {
			for (const timing of scenarioTable[scenario].timings) {
				for (const isOpen of [false, true]) {
					it(`pass a good ${kind} row: ${scenario}, ${timing}, ${isOpen ? "open-ended" : "choices"}`, () => {
						expect(checkRow(makeRow({ kind, scenario, timing, isOpen }))).toEqual([]);
					});
				}
			}
		}
	}

	it("say every failure, the dialogue's first, and whose it is", () => {
		const failures = checkRow(makeRow({ kind: "sft", reply: "It is **white**", meta: { group: "9" } }));
		expect(failures.map((failure) => [failure.reason, failure.stage])).toEqual([
			["id-group", undefined],
			["broken-off", "respond"],
			["markdown", "respond"],
			["reply-answer", "respond"],
			["reply-reason", "respond"],
		]);
	});
});
