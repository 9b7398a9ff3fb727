import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { createRemainingEstimator } from "../../src/cli/render/estimate-remaining.js";
import { formatBytes, formatDuration } from "../../src/cli/render/format-units.js";
import { formatFunnel } from "../../src/cli/render/funnel.js";
import { formatProgress, startProgress } from "../../src/cli/render/progress.js";
import type { ProgressSnapshot } from "../../src/run/events.js";
import { summary } from "./summary.js";
import { createTerminal } from "./support.js";

const snapshot: ProgressSnapshot = {
	pipelines: [
		{ name: "srt", rows: { done: 340, wanted: 1200 }, rejected: 17 },
		{ name: "dpo", rows: { done: 1200, wanted: 1200 }, rejected: 2 },
	],
	requests: { inFlight: 16, limit: 32, done: 1403, perSecond: 12.34, ledgerHits: 210, refused: 4 },
	tokens: { input: 1_204_000, output: 90_400 },
	cost: { usd: 0.512, budgetUsd: 5 },
	elapsedMs: 83_000,
};

describe("the funnel", () => {
	test("says who got what, where sets are reserved", () => {
		const got = { questions: 28_676, benchmark: 150, "probe-train": 318, "probe-test": 84, training: 26_120 };
		const reserved = {
			wanted: { benchmark: 150, "probe-train": 450, "probe-test": 120 },
			tasks: [
				{ task: "positional-reasoning", ...got },
				{ task: "utility-affordance", questions: 521, benchmark: 150, "probe-train": 132, "probe-test": 36, training: 180 },
			],
			replaced: { "image-unreadable": 3 },
		};
		const text = formatFunnel({ ...summary, reserved, source: { ...summary.source, leftOut: { "picture-reserved": 2897 } } }, { color: false });
		expect(text).toContain(`
reserved                in source  benchmark  probe-train  probe-test  training
  positional-reasoning     28,676        150          318          84    26,120
  utility-affordance          521        150         132*         36*       180
* fewer than an equal share: the source has no more on pictures of their own
  drawn and replaced: image-unreadable 3
`);
		expect(text).toContain("\n  questions left out: picture-reserved 2,897\n");
		for (const line of text.split("\n").filter((row) => !row.startsWith("warning"))) expect(line.length).toBeLessThanOrEqual(80);
	});

	test("reads as a table", () => {
		expect(formatFunnel(summary, { color: false })).toBe(`                                        srt
rows                             118 of 120
candidates in                           152
rejected                                 30
  verdict-differs                        21
  reply-cut-off                           9
surplus                                   4
short: no question left                   2
by task                           rows / in
  color                             70 / 90
  counting                          48 / 62
by scenario                       rows / in
  misleading                        66 / 80
  corrective                        52 / 72
trained tokens (llama)               19,562
  misleading                         10,912
  corrective                          8,650

srt, rejected:
  corrective: 28 % (verdict-differs 11, reply-cut-off 9)
  color: 20 % (verdict-differs 12, reply-cut-off 6)
  counting: 19 % (verdict-differs 9, reply-cut-off 3)
  misleading: 13 % (verdict-differs 10)
warning: srt: corrective fails 15 points more often than misleading

% refused/failed/unusable               srt
  corrective                         0/0/13
  color                               0/0/7
  counting                            0/0/5

source:   2,210 questions
  lines left out: no-answer 3
  not drawn: answer-share 40, no-distractor 2
requests: 410 asked, 96 from the ledger, 3 failed; 1 min 23 s
replies:  by the scripted teacher, which is no model
folder:   datasets/runs/x
  srt/: 2 shards, 1.2 MB
next:     candor preview datasets/runs/x
`);
	});

	test("fits into 80 columns, apart from what others worded", () => {
		const name = fc.stringMatching(/^[a-z][a-z-]{0,40}$/);
		const count = fc.nat({ max: 9_999_999 });
		fc.assert(
			fc.property(name, name, count, count, (task, reason, many, rejected) => {
				const [pipeline] = summary.pipelines;
				if (pipeline === undefined) {
					throw new Error("no pipeline");
				}
				const part = { in: many, rows: many, rejected, reasons: { [reason]: rejected, other: 1 } };
				const text = formatFunnel({ ...summary, pipelines: [{ ...pipeline, byTask: [{ ...part, task }] }] }, { color: false });
				for (const line of text.split("\n")) {
					expect(line.length).toBeLessThanOrEqual(80);
				}
			}),
		);
	});

	test("says where there was no reply, for the pipelines that had such", () => {
		const [pipeline] = summary.pipelines;
		if (pipeline === undefined) throw new Error("no pipeline");
		const unanswered = [
			{ by: "scenario" as const, name: "corrective", in: 12_000, refused: 1500, failed: 3, unusable: 0 },
			{ by: "task" as const, name: "a-task-of-a-name-longer-than-any", in: 10, refused: 0, failed: 10, unusable: 0 },
		];
		const pipelines = [pipeline, { ...pipeline, name: "sft", unanswered: [] }, { ...pipeline, name: "dpo", unanswered }];
		const text = formatFunnel({ ...summary, pipelines }, { color: false });
		expect(text).toContain(`
% refused/failed/unusable               srt              sft              dpo
  corrective                         0/0/13                -          13/<1/0
  a-task-of-a-name-long...                -                -          0/100/0
  color                               0/0/7                -                -
  counting                            0/0/5                -                -
`);
		expect(formatFunnel({ ...summary, pipelines: [{ ...pipeline, unanswered: [] }] }, { color: false })).not.toContain("% refused");
	});

	test("colours problems only", () => {
		const coloured = formatFunnel(summary, { color: true })
			.split("\n")
			.filter((line) => line.includes("\u001b["));
		expect(
			coloured.map(
				(line) =>
					line
						.replace(/\u001b\[\d+m/g, "")
						.trim()
						.split(" ")[0],
			),
		).toEqual(["rows", "short:", "warning:", "lines", "requests:"]);
	});
});

describe("progress", () => {
	test("three lines that do not wrap", () => {
		expect(formatProgress(snapshot, 210_000, 81)).toEqual(
			[
				"rows: srt 340 of 1,200, dpo 1,200 of 1,200; 19 rejected",
				"time: 1 min 23 s, about 3 min 30 s left; 1.20M tokens in, 90.4k out; $0.5120 of $5.00",
				"requests: 16 of 32 in flight, 1,403 done, 12.3/s, 4 refused (429), 210 from the ledger",
			].map((line) => (line.length < 81 ? line : `${line.slice(0, 77)}...`)),
		);
		for (const line of formatProgress(snapshot, 210_000, 40)) {
			expect(line.length).toBeLessThan(40);
		}
		const { cost: _cost, ...free } = snapshot;
		expect(formatProgress({ ...free, tokens: { input: 0, output: 0 }, requests: { ...free.requests, refused: 0 } }, undefined, 200).slice(1)).toEqual([
			"time: 1 min 23 s",
			"requests: 16 of 32 in flight, 1,403 done, 12.3/s, 210 from the ledger",
		]);
	});

	test("the time left follows the last minute, and begins anew with another pipeline", () => {
		const remaining = createRemainingEstimator();
		expect(remaining.update(0, 0, 100)).toBeUndefined();
		expect(remaining.update(10_000, 10, 100)).toBe(90_000);
		expect(remaining.update(100_000, 20, 100)).toBeUndefined();
		expect(remaining.update(110_000, 25, 100)).toBe(150_000);
		expect(remaining.update(120_000, 100, 100)).toBe(0);
		expect(remaining.update(130_000, 0, 50)).toBeUndefined();
		expect(remaining.update(140_000, 25, 50)).toBe(10_000);
	});

	test.each<[string, Parameters<typeof createTerminal>[0], RegExp]>([
		["a terminal", { tty: true, columns: 200 }, /^rows: .+\ntime: .+\nrequests: .+\n\u001b\[3A\u001b\[0J$/],
		["no terminal", {}, /^rows: .+; time: .+; requests: .+\n$/],
		["CI", { tty: true, env: { CI: "true" } }, /^rows: .+; requests: .+\n$/],
		["a dumb terminal", { tty: true, env: { TERM: "dumb" } }, /^rows: .+; requests: .+\n$/],
	])("on %s", (_name, options, shape) => {
		vi.useFakeTimers();
		try {
			const terminal = createTerminal(options);
			const progress = startProgress(terminal, { shown: true, warnings: true });
			progress.events.progress(snapshot);
			vi.advanceTimersByTime(options?.tty === true && options.env === undefined ? 250 : 30_000);
			progress.stop();
			progress.stop();
			expect(terminal.written.err).toMatch(shape);
			expect(terminal.written.out).toBe("");
		} finally {
			vi.useRealTimers();
		}
	});

	test("quiet is quiet, but for what must be said", () => {
		const terminal = createTerminal({ tty: true });
		const progress = startProgress(terminal, { shown: false, warnings: false });
		progress.events.progress(snapshot);
		progress.events.warn("something");
		progress.say("finishing");
		progress.stop();
		expect(terminal.written.err).toBe("finishing\n");
	});
});

test("units", () => {
	expect([999, 59_499, 61_000, 3_725_000].map(formatDuration)).toEqual(["1 s", "59 s", "1 min 1 s", "1 h 2 min"]);
	expect([0, 999, 1000, 99_400, 99_600, 999_600, 1_234_567, 5e15].map(formatBytes)).toEqual([
		"0 B",
		"999 B",
		"1.0 kB",
		"99.4 kB",
		"100 kB",
		"1.0 MB",
		"1.2 MB",
		"5000 TB",
	]);
});
