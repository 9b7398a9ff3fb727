import { expect, test } from "vitest";
import { formatHarvest } from "../../src/cli/render/harvest.js";
import { formatProgress } from "../../src/cli/render/progress.js";

const part = { task: "color", asked: 12_345, right: 10_000, wrong: 2_300, unparsable: 45, withoutPicture: 0, wantedRight: 0, wantedWrong: 2_300 };

test("the table and what follows fit 80 columns; tasks that ran out, and pictures that cannot be read, have a line each", () => {
	const parts = [part, { ...part, task: "activity-recognition", wrong: 1_300, withoutPicture: 3 }, { ...part, task: "counting", wantedRight: 11_000 }];
	const text = formatHarvest(
		{ file: "/x", parts, requests: { asked: 37_035, fromLedger: 1_000_000 }, elapsedMs: 4_000_000 },
		{ file: "datasets/runs/mine-first-answers/first-answers.jsonl", inConfig: "mine-first-answers/first-answers.jsonl" },
	);
	expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
	expect(text).toContain("  activity-recognition: 1,000 wrong short, no question left");
	expect(text).toContain("  activity-recognition: 3 without a picture that can be read");
	expect(text).toContain("  counting: 1,000 right short, no question left");
	expect(text).not.toContain("  color:");
	expect(text).toContain("37,035 questions for 5,900 wrong answers of 6,900 wanted");
});

test("progress tells how many questions it will take, in 80 columns", () => {
	const requests = { inFlight: 16, done: 6_000, perSecond: 12.34, ledgerHits: 0 };
	const tokens = { input: 0, output: 0 };
	const snapshot = { pipelines: [], firstAnswers: { found: 1_000, wanted: 2_000, asked: 6_000 }, tokens, requests, elapsedMs: 723_000 };
	expect(formatProgress(snapshot, 720_000, 80)).toEqual([
		"first answers: 1,000 of 2,000 wrong after 6,000 of about 12,000 questions",
		"time: 12 min 3 s, about 12 min 0 s left",
		"requests: 16 in flight, 6,000 done, 12.3/s, 0 from the ledger",
	]);
	expect(formatProgress({ ...snapshot, firstAnswers: { found: 0, wanted: 2_000, asked: 5 } }, undefined, 80)[0]).toBe(
		"first answers: 0 of 2,000 wrong after 5 questions",
	);
});
