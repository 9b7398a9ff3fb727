import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { open } from "lmdb";
import { describe, expect, test } from "vitest";
import { formatAbsorbed, formatLedgerReport, formatLedgerStats } from "../../src/cli/render/ledger.js";
import { exportLedger } from "../../src/run/ledger-export.js";
import { importLedger, mergeLedgers } from "../../src/run/ledger-import.js";
import { describeLedger } from "../../src/run/ledger-stats.js";
import { verifyLedger } from "../../src/run/ledger-verify.js";
import { grantSchema, grantsTable } from "../../src/run/retry-grants.js";
import { writeFileAtomic } from "../../src/shards/index.js";
import { createEntry, type LedgerEntry, openLedger, openLedgerForReading, requestKey, type TeacherAnswer, type TeacherReply } from "../../src/teacher/index.js";
import { makeCandidate, makeImageRef, makeRequest } from "../support/make-request.js";
import { withFolder } from "../support/open-stack.js";

const plain: TeacherReply = { type: "reply", text: "red", finishReason: "stop" };

function makeEntry(text: string, answer: TeacherAnswer = plain, about: { pipeline?: string; stage?: string; model?: string } = {}): LedgerEntry {
	const { model = "tiny", pipeline = "sft", stage = "respond" } = about;
	const request = makeRequest(text, { image: makeImageRef(), model, about: { pipeline, stage, candidate: makeCandidate() } });
	return createEntry(requestKey(request), request, answer);
}

async function fill(folder: string, entries: readonly LedgerEntry[], grants: Readonly<Record<string, number>> = {}): Promise<void> {
	const ledger = openLedger(folder);
	await ledger.change(entries);
	for (const [id, attempts] of Object.entries(grants)) await ledger.table(grantsTable, grantSchema).put(id, { attempts, rejection: "r" });
	await ledger.close();
}

async function readAll(folder: string): Promise<LedgerEntry[]> {
	const ledger = openLedgerForReading(folder);
	const entries = [...ledger.entries()];
	await ledger.close();
	return entries;
}

/** Puts texts under keys as they are, with their checksum, as only a fault or another program would. */
async function plant(folder: string, texts: Readonly<Record<string, string>>): Promise<void> {
	const database = open<string, string>({ path: folder, noSubdir: false, encoding: "string", compression: true });
	for (const [key, text] of Object.entries(texts)) await database.put(key, `${createHash("sha256").update(text).digest("hex").slice(0, 16)}${text}`);
	await database.close();
}

const exportTo = (folder: string, file: string) => exportLedger(folder, (pieces) => writeFileAtomic(file, pieces));

describe("stats", () => {
	test("count what was asked, by whom, and what came of it", () =>
		withFolder(async (folder) => {
			const usage = { inputTokens: 1000, outputTokens: 50, cachedTokens: 800, reasoningTokens: 20 };
			const replies = Array.from({ length: 100 }, (_, index) => makeEntry(`q${index}`, { ...plain, usage, latencyMs: 10 * (index + 1) }));
			const entries = [
				...replies,
				makeEntry("r", { ...plain, text: "I can't help with that." }, { pipeline: "srt", stage: "reflect" }),
				makeEntry("s", { ...plain, text: "", finishReason: "content-filter" }, { pipeline: "srt", stage: "reflect" }),
				makeEntry("t", { type: "failure", reason: "request-failed", detail: "HTTP 500" }, { pipeline: "srt", stage: "textualize" }),
				makeEntry("u", plain, { model: "other" }),
			];
			await fill(join(folder, "ledger"), entries, { "sft-g1": 2, "srt-g1": 1 });
			const stats = await describeLedger(folder);
			const times = entries.map(({ at }) => at).sort();
			expect(stats).toMatchObject({
				ledger: join(folder, "ledger"),
				entries: 104,
				damaged: 0,
				granted: 3,
				replies: 103,
				failures: 1,
				reasons: { "reply-filtered": 1, "reply-refused": 1, "request-failed": 1 },
				tokens: { input: 100_000, output: 5000, cached: 80_000, reasoning: 2000 },
				latencyMs: { p50: 500, p95: 950, p99: 990 },
				first: times[0],
				last: times.at(-1),
			});
			expect(stats.bytesOnDisk).toBeGreaterThan(10_000);
			expect(stats.parts.map(({ model, pipeline, stage, replies: count, failures }) => [model, pipeline, stage, count, failures])).toEqual([
				["other", "sft", "respond", 1, 0],
				["tiny", "sft", "respond", 100, 0],
				["tiny", "srt", "reflect", 2, 0],
				["tiny", "srt", "textualize", 0, 1],
			]);
			// The ledger's own folder may be named as well.
			expect(await describeLedger(join(folder, "ledger"))).toEqual(stats);

			const text = formatLedgerStats({
				...stats,
				ledger: "run/ledger",
				bytesOnDisk: 90_112,
				first: "2026-01-02T03:04:05.678Z",
				last: "2026-01-03T03:04:05.678Z",
			});
			expect(text).toBe(`ledger:   run/ledger, 90.1 kB
entries:  104: 103 replies, 1 failures
granted:  3 further attempts
answered: 2026-01-02 03:04 to 2026-01-03 03:04 (UTC)
tokens:   100,000 input, 80,000 of them cached (80 %)
          5,000 output, 2,000 of them reasoning (40 %)
latency:  p50 500 ms, p95 950 ms, p99 990 ms

other                     replies   failed    input   output      p50      p95
  sft respond                   1        0        0        0        -        -

tiny                      replies   failed    input   output      p50      p95
  sft respond                 100        0  100,000    5,000   500 ms   950 ms
  srt reflect                   2        0        0        0        -        -
    reply-filtered 1
    reply-refused 1
  srt textualize                0        1        0        0        -        -
    request-failed 1
`);
		}));

	test("a folder without a ledger is said so", () =>
		withFolder(async (folder) => {
			await expect(describeLedger(folder)).rejects.toThrow(`${folder} holds no ledger`);
			await expect(describeLedger(join(folder, "absent"))).rejects.toThrow(/absent does not exist/);
			expect(readdirSync(folder)).toEqual([]);
		}));
});

describe("verify", () => {
	test("names what is damaged and what must not be there, and removes it", () =>
		withFolder(async (folder) => {
			const whole = [makeEntry("a"), makeEntry("b")];
			await fill(join(folder, "ledger"), whole);
			expect(await verifyLedger(folder, false)).toEqual({ ledger: join(folder, "ledger"), entries: 2, damaged: 0, forbidden: 0, faults: [], dropped: 0 });
			const key = (digit: string) => digit.repeat(64);
			const text = (digit: string, change: object) => JSON.stringify({ ...makeEntry(digit), key: key(digit), ...change });
			await plant(join(folder, "ledger"), {
				[key("1")]: text("1", { key: key("9") }),
				[key("2")]: text("2", { answer: { type: "reply" } }),
				[key("3")]: "{",
				[key("4")]: text("4", { headers: { Authorization: "x" } }),
				[key("5")]: text("5", { answer: { ...plain, text: "data:image/png;base64,AAAA" } }),
				[key("6")]: text("6", { note: "the key is sk-proj-1234567890abcdef" }),
				[key("7")]: text("7", { answer: { ...plain, text: "A standard bearer stands between sk-yscrapers of the apiKey kind: /9j/ or iVBORw0KGgo." } }),
			});
			const report = await verifyLedger(folder, false);
			expect(report).toMatchObject({ entries: 9, damaged: 3, forbidden: 3, dropped: 0 });
			expect(report.faults).toEqual([
				{ key: key("1"), problem: "it is another entry than its key says" },
				{ key: key("2"), problem: expect.stringContaining("answer.text") },
				{ key: key("3"), problem: expect.stringContaining("JSON") },
				{ key: key("4"), problem: "headers.Authorization: is a member that holds a key, by its name" },
				{ key: key("5"), problem: "answer.text: holds a picture's bytes" },
				{ key: key("6"), problem: "note: holds what looks like a key" },
			]);
			expect(formatLedgerReport(report)).not.toContain("sk-proj");
			expect(await verifyLedger(folder, true)).toMatchObject({ damaged: 3, forbidden: 3, dropped: 6 });
			expect(await verifyLedger(folder, false)).toMatchObject({ entries: 3, faults: [] });
			expect((await readAll(join(folder, "ledger"))).map((entry) => entry.key).sort()).toEqual([...whole.map((entry) => entry.key), key("7")].sort());
		}));

	test("names the first twenty, and counts all", () =>
		withFolder(async (folder) => {
			await fill(folder, []);
			await plant(folder, Object.fromEntries(Array.from({ length: 25 }, (_, index) => [String(index).padStart(64, "0"), "{}"])));
			const report = await verifyLedger(folder, false);
			expect([report.damaged, report.faults.length]).toEqual([25, 20]);
			expect(formatLedgerReport(report)).toContain("  ... and 5 more\n");
		}));

	test("removes nothing while a run is at work in it", () =>
		withFolder(async (folder) => {
			const ledger = openLedger(folder);
			await expect(verifyLedger(folder, true)).rejects.toThrow(/in use by another run/);
			expect(await verifyLedger(folder, false)).toMatchObject({ entries: 0 });
			await ledger.close();
		}));
});

describe("out and in again", () => {
	const texts = fc.string({ unit: "binary", maxLength: 40 });
	const answers = fc.oneof(
		fc.record(
			{
				type: fc.constant("reply" as const),
				text: texts,
				finishReason: fc.constantFrom("stop" as const, "length" as const, "refusal" as const),
				reasoning: texts,
				latencyMs: fc.nat(),
				usage: fc.record({ inputTokens: fc.nat(), outputTokens: fc.nat() }),
			},
			{ requiredKeys: ["type", "text", "finishReason"] },
		),
		fc.record({ type: fc.constant("failure" as const), reason: fc.constantFrom("request-failed", "request-refused"), detail: texts }),
	);

	test("any ledger comes back as it was, and its lines are the same bytes", () =>
		fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(fc.tuple(texts, answers), { maxLength: 12, selector: ([text]) => text }),
				fc.dictionary(fc.constantFrom("srt-g1", "sft-g2", "dpo-g3"), fc.integer({ min: 1, max: 9 })),
				(asked, grants) =>
					withFolder(async (folder) => {
						const entries = asked.map(([text, answer]) => makeEntry(text, answer));
						await fill(join(folder, "a"), entries, grants);
						const exported = await exportTo(join(folder, "a"), join(folder, "a.jsonl"));
						expect(exported).toMatchObject({ entries: entries.length, grants: Object.keys(grants).length, damaged: 0 });
						const bytes = readFileSync(join(folder, "a.jsonl"), "latin1");
						// One line each, in ASCII, whatever the texts hold.
						expect(bytes).toMatch(/^[\n\x20-\x7e]*$/);
						expect(bytes.split("\n")).toHaveLength(entries.length + Object.keys(grants).length + 1);
						const added = entries.length + Object.keys(grants).length;
						if (added === 0) return;
						expect(await importLedger(join(folder, "b"), join(folder, "a.jsonl"))).toMatchObject({ added, known: 0, conflicts: 0, bad: 0 });
						expect(await importLedger(join(folder, "b"), join(folder, "a.jsonl"))).toMatchObject({ added: 0, known: added, conflicts: 0, bad: 0 });
						await exportTo(join(folder, "b"), join(folder, "b.jsonl"));
						expect(readFileSync(join(folder, "b.jsonl"), "latin1")).toBe(bytes);
						expect(await readAll(join(folder, "b", "ledger"))).toEqual(await readAll(join(folder, "a")));
					}),
			),
			{ numRuns: 25 },
		));

	test("lines that cannot be used are named with file and line, and the others are taken", () =>
		withFolder(async (folder) => {
			const file = join(folder, "replies.jsonl");
			const good = makeEntry("a");
			const later = { ...makeEntry("b"), later: { version: 2 } };
			const lines = [
				JSON.stringify(good),
				"{",
				JSON.stringify({ ...good, key: "~grants/x" }),
				JSON.stringify({ ...good, key: undefined }),
				JSON.stringify(later),
				JSON.stringify({ grant: "../x", attempts: 1, rejection: "r" }),
				JSON.stringify({ grant: "sft-g1", attempts: 0, rejection: "r" }),
				JSON.stringify({ ...makeEntry("c"), apiKey: "x" }),
				`${"[".repeat(100_000)}${"]".repeat(100_000)}`,
				JSON.stringify({ grant: "sft-g1", attempts: 1, rejection: "r" }),
			];
			writeFileSync(file, `${lines.join("\n")}\n`);
			const absorbed = await importLedger(join(folder, "run"), file);
			expect(absorbed).toMatchObject({ ledger: join(folder, "run", "ledger"), added: 3, known: 0, conflicts: 0, bad: 7 });
			expect(absorbed.problems.map((problem) => problem.replace(/^.*replies\.jsonl/, ""))).toEqual([
				expect.stringMatching(/^:2: is not valid JSON/),
				expect.stringMatching(/^:3: .*must be a sha256/),
				expect.stringMatching(/^:4: .*key/),
				expect.stringMatching(/^:6: .*must be the id of a row/),
				expect.stringMatching(/^:7: .*attempts/),
				expect.stringMatching(/^:8: apiKey: is a member/),
				expect.stringMatching(/^:9: .*nested too deeply/),
			]);
			expect(formatAbsorbed(absorbed)).toContain("3 added, 0 known already, 7 that cannot be used\n");
		}));

	test("what is known stays, and another answer to it is counted", () =>
		withFolder(async (folder) => {
			const [a, b, c, d] = [makeEntry("a"), makeEntry("b"), makeEntry("c"), makeEntry("d")];
			const otherwise = (entry: LedgerEntry, answer: TeacherAnswer): LedgerEntry => ({ ...entry, answer, at: "2020-01-01T00:00:00.000Z" });
			await fill(join(folder, "ours", "ledger"), [a, b, c], { "sft-g1": 1 });
			await fill(join(folder, "one"), [otherwise(a, plain), otherwise(b, { ...plain, text: "blue" })], { "sft-g1": 2, "sft-g2": 1 });
			await fill(join(folder, "two", "ledger"), [otherwise(c, { type: "failure", reason: "request-failed", detail: "x" }), d]);
			const absorbed = await mergeLedgers(join(folder, "ours"), [join(folder, "one"), join(folder, "two")]);
			// The same answer at another time is the same; another one, a failure instead, or more attempts are not.
			expect(absorbed).toMatchObject({ added: 2, known: 4, conflicts: 3, bad: 0 });
			const ours = new Map((await readAll(join(folder, "ours", "ledger"))).map((entry) => [entry.key, entry]));
			expect([a, b, c, d].map(({ key }) => ours.get(key))).toEqual([a, b, c, d]);
			await expect(mergeLedgers(join(folder, "ours"), [join(folder, "ours")])).rejects.toThrow(/is the ledger that is added to/);
			expect(await mergeLedgers(join(folder, "new"), [join(folder, "ours")])).toMatchObject({ added: 6, ledger: join(folder, "new", "ledger") });
		}));

	test("a damaged entry is left out on the way out, and mended on the way in", () =>
		withFolder(async (folder) => {
			const entry = makeEntry("a");
			await fill(join(folder, "good"), [entry]);
			await fill(join(folder, "bad"), []);
			await plant(join(folder, "bad"), { [entry.key]: "{}" });
			expect(await exportTo(join(folder, "bad"), join(folder, "bad.jsonl"))).toMatchObject({ entries: 0, damaged: 1 });
			expect(await mergeLedgers(join(folder, "good"), [join(folder, "bad")])).toMatchObject({
				added: 0,
				bad: 1,
				problems: [expect.stringContaining(entry.key)],
			});
			expect(await mergeLedgers(join(folder, "bad"), [join(folder, "good")])).toMatchObject({ added: 1, known: 0, bad: 0 });
			expect(await readAll(join(folder, "bad"))).toEqual([entry]);
		}));

	test("what cannot be read leaves nothing behind", () =>
		withFolder(async (folder) => {
			await expect(importLedger(join(folder, "run"), join(folder, "absent.jsonl"))).rejects.toThrow(/absent.jsonl does not exist/);
			await expect(mergeLedgers(join(folder, "run"), [join(folder, "absent")])).rejects.toThrow(/absent does not exist/);
			expect(existsSync(join(folder, "run"))).toBe(false);
			mkdirSync(join(folder, "ledger"));
			const ledger = openLedger(join(folder, "ledger"));
			writeFileSync(join(folder, "x.jsonl"), `${JSON.stringify(makeEntry("a"))}\n`);
			await expect(importLedger(folder, join(folder, "x.jsonl"))).rejects.toThrow(/in use by another run/);
			await ledger.close();
		}));
});
