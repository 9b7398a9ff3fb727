import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CandorError } from "../../src/records/index.js";
import { openBadLineLog } from "../../src/run/bad-lines.js";

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "candor-lines-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

it("writes a hundred thousand as they come, counts them, and tells of ten", () => {
	const path = join(folder, "rejects.jsonl");
	const warnings: string[] = [];
	const log = openBadLineLog(path, (message) => warnings.push(message));
	const count = 100_000;
	for (let line = 1; line <= count; line++) {
		if (line % 4 === 0) log.add({ file: "questions.jsonl", line, reason: "answer-missing", detail: "no answer", text: '{"id": 1}' });
		else log.add({ file: `photos/${line}.jpg`, reason: "image-missing", detail: "does not exist" });
	}
	expect(existsSync(path)).toBe(false);
	log.close();
	expect([log.count, log.reasons]).toEqual([count, { "image-missing": 75_000, "answer-missing": 25_000 }]);
	const lines = readFileSync(path, "utf8").trimEnd().split("\n");
	expect(lines).toHaveLength(count);
	expect(JSON.parse(lines[count - 1] ?? "")).toEqual({
		file: "questions.jsonl",
		line: count,
		reason: "answer-missing",
		detail: "no answer",
		text: '{"id": 1}',
	});
	expect(warnings).toHaveLength(11);
	expect(warnings[0]).toBe("photos/1.jpg: left out: does not exist (image-missing)");
	expect(warnings[3]).toBe("questions.jsonl:4: left out: no answer (answer-missing)");
	expect(warnings[10]).toBe(`99990 more lines were left out; all are in ${path}`);
	expect(existsSync(`${path}.tmp`)).toBe(false);
});

it("leaves no file where nothing was added, also not an old one", () => {
	const path = join(folder, "old.jsonl");
	writeFileSync(path, "{}\n");
	openBadLineLog(path, () => {}).close();
	expect(existsSync(path)).toBe(false);
});

it("says where it cannot write", () => {
	const log = openBadLineLog(join(folder, "none", "rejects.jsonl"), () => {});
	log.add({ file: "a", reason: "image-missing", detail: "b" });
	expect(() => log.close()).toThrow(CandorError);
});
