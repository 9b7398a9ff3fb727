import type { RunSummary } from "../../src/run/summary.js";

/** A run with a bit of everything. */
export const summary: RunSummary = {
	runFolder: "datasets/runs/x",
	pipelines: [
		{
			name: "srt",
			kind: "srt",
			wanted: 120,
			rows: 118,
			candidatesIn: 152,
			surplus: 4,
			rejected: { "reply-cut-off": 9, "verdict-differs": 21 },
			short: 2,
			byTask: [
				{ task: "color", in: 90, rows: 70, rejected: 18, reasons: { "reply-cut-off": 6, "verdict-differs": 12 } },
				{ task: "counting", in: 62, rows: 48, rejected: 12, reasons: { "verdict-differs": 9, "reply-cut-off": 3 } },
			],
			byScenario: [
				{ scenario: "misleading", in: 80, rows: 66, rejected: 10, reasons: { "verdict-differs": 10 } },
				{ scenario: "corrective", in: 72, rows: 52, rejected: 20, reasons: { "verdict-differs": 11, "reply-cut-off": 9 } },
			],
			unanswered: [
				{ by: "scenario", name: "corrective", in: 72, refused: 0, failed: 0, unusable: 9 },
				{ by: "task", name: "color", in: 90, refused: 0, failed: 0, unusable: 6 },
				{ by: "task", name: "counting", in: 62, refused: 0, failed: 0, unusable: 3 },
			],
			trainedTokens: { tokenizer: "llama", total: 19_562, byScenario: { misleading: 10_912, corrective: 8_650 } },
			warnings: ["corrective fails 15 points more often than misleading"],
			shards: [
				{ file: "srt/srt-00000-of-00002.jsonl", rows: 60, bytes: 600_000 },
				{ file: "srt/srt-00001-of-00002.jsonl", rows: 58, bytes: 580_000 },
			],
			manifest: "srt/manifest.json",
		},
	],
	source: { questions: 2210, badLines: { "no-answer": 3 }, leftOut: {}, notDrawn: { "answer-share": 40, "no-distractor": 2 } },
	interrupted: false,
	requests: { asked: 410, fromLedger: 96, failures: 3 },
	elapsedMs: 83_000,
	scripted: true,
	resumeCommand: "candor run c.yaml",
	nextCommand: "candor preview datasets/runs/x",
};
