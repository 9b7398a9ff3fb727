import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { loadConfig } from "../../src/config/index.js";
import { exportRequests, importResultFile } from "../../src/run/batch-files.js";
import { readProducts, type TeacherInput, writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { runCandor, startCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { type BatchProviderProcess, startBatchProvider } from "../support/start-batch-provider.js";

const pictures = 20;
const garbleShare = 0.2;
const size = { rows: 8 };
const command = ["run", "candor.json"];
let undisturbed: Record<string, string>;
let liveRequests: number;

const inBatches = (batch: TeacherInput["batch"] = {}): TeacherInput => ({ mode: "batch", batch: { pollMs: 20, ...batch } });

/** What holds however a run came to its end: the same bytes, nothing paid for twice, nothing left behind here or at the provider. */
async function expectClean(folder: string, provider: BatchProviderProcess): Promise<void> {
	expect(readProducts(join(folder, "run"))).toEqual(undisturbed);
	const { billed, files, allSized } = await provider.stats();
	expect(Object.values(billed).filter((count) => count > 1)).toEqual([]);
	expect(files).toEqual([]);
	expect(allSized).toBe(true);
	expect(existsSync(join(folder, "run", "batches"))).toBe(false);
}

/** A file that the run may have removed a moment ago. */
function readIfThere(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return "";
	}
}

async function withProvider(
	options: Parameters<typeof startBatchProvider>[1],
	use: (folder: string, provider: BatchProviderProcess) => Promise<void>,
): Promise<void> {
	await withFolder(async (folder) => {
		const { oracleFile } = await writeShapesSource(folder, pictures);
		const provider = await startBatchProvider(oracleFile, { garbleShare, ...options });
		try {
			await use(folder, provider);
		} finally {
			await provider.close();
		}
	});
}

beforeAll(
	() =>
		withProvider({}, async (folder, provider) => {
			writeConfig(folder, provider.baseUrl, size);
			expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
			undisturbed = readProducts(join(folder, "run"));
			const { total, batches } = await provider.stats();
			liveRequests = total;
			expect(batches).toEqual([]);
		}),
	120_000,
);

test(
	"a run in batches makes the same bytes as a live one, asks nothing twice, and keeps no picture's bytes but the pictures",
	() =>
		withProvider({ batches: { delayMs: 60 } }, async (folder, provider) => {
			writeConfig(folder, provider.baseUrl, size, inBatches({ maxRequests: 10, maxBytes: 20_000 }));
			const run = await startCandor(command, { cwd: folder });
			let withBase64 = 0;
			while (run.child.exitCode === null) {
				const waiting = join(folder, "run", "batches");
				for (const name of existsSync(waiting) ? readdirSync(waiting) : []) {
					const text = readIfThere(join(waiting, name));
					if (/base64|iVBOR/.test(text)) withBase64++;
				}
				await sleep(10);
			}
			const finished = await run.finished;
			expect(finished, finished.err).toMatchObject({ code: 0 });
			expect(withBase64).toBe(0);
			await expectClean(folder, provider);
			const { total, batches, billed } = await provider.stats();
			expect(total).toBe(Object.keys(billed).length);
			expect(total).toBe(liveRequests);
			expect(batches.length).toBeGreaterThan(6);
			expect(Math.max(...batches.map(({ requests }) => requests))).toBeLessThanOrEqual(10);
			expect(finished.err).toContain("in batches: about 4 rounds");
			expect(finished.err).toMatch(/round 1: \d+ replies from \d+ batch(?:es)?; \S+ tokens in/);
			expect(finished.out).toMatch(new RegExp(`requests: +${total} asked`));

			// The same key serves both ways: a live run over this ledger asks nothing.
			writeConfig(folder, provider.baseUrl, size);
			expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
			expect((await provider.stats()).total).toBe(total);
			const status = await runCandor(["batch", "status", "run", "--json"], { cwd: folder });
			const shown = JSON.parse(status.out) as { status: string; counts: { answered: number } }[];
			expect(shown.reduce((sum, { counts }) => sum + counts.answered, 0)).toBe(total);
			expect((await runCandor(["batch", "status", "run"], { cwd: folder })).out).toContain("completed");
		}),
	120_000,
);

test(
	"batches that expire, fail, or bring errors: what came is kept, the rest is asked again, and what is refused is rejected as it is live",
	() =>
		withProvider(
			{
				batches: { reachedShare: 0.6, expiries: 2, invalid: 1, lostReplies: 1 },
				faults: [{ fault: { type: "status", status: 429 }, share: 0.3, times: 1 }],
			},
			async (folder, provider) => {
				writeConfig(folder, provider.baseUrl, size, inBatches());
				const run = await runCandor(command, { cwd: folder });
				expect(run, run.err).toMatchObject({ code: 0 });
				await expectClean(folder, provider);
				expect(run.err).toContain("not to the provider's liking");
				const { batches } = await provider.stats();
				expect(batches.filter(({ status }) => status === "expired")).toHaveLength(2);
				expect(batches.filter(({ status }) => status === "failed")).toHaveLength(1);
				// The reply to a creation was lost: the batch was found by our mark rather than made again.
				expect(new Set(batches.map(({ job }) => job)).size).toBe(batches.length);
			},
		),
	120_000,
);

test(
	"a request that is refused for its content becomes the same rejection in batches as live",
	() =>
		withProvider({}, async (folder, provider) => {
			const faults = [{ fault: { type: "status", status: 400, message: "this picture is not allowed" }, match: "What color are the squares" }] as const;
			await provider.control({ faults });
			writeConfig(folder, provider.baseUrl, { ...size, out: "live" });
			expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
			writeConfig(folder, provider.baseUrl, size, inBatches());
			expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
			const live = readProducts(join(folder, "live"));
			expect(Object.values(live).join("")).toContain("request-refused");
			expect(readProducts(join(folder, "run"))).toEqual(live);
		}),
	120_000,
);

test(
	"a full queue is waited for, with less at a time; a request that fails in every round is given up, and rounds without any reply end the run",
	() =>
		withProvider({ batches: { enqueuedLimit: 4000, delayMs: 50 } }, async (folder, provider) => {
			writeConfig(folder, provider.baseUrl, size, inBatches());
			const run = await runCandor(command, { cwd: folder });
			expect(run, run.err).toMatchObject({ code: 0 });
			await expectClean(folder, provider);
			const { enqueuedMax, sentBack } = await provider.stats();
			expect(sentBack).toBeGreaterThan(0);
			expect(enqueuedMax).toBeLessThanOrEqual(4000);
			expect(run.err).toContain("asking for half as much at a time");

			await provider.control({ batches: { enqueuedLimit: 1e9 }, faults: [{ fault: { type: "status", status: 500 }, match: "Is there a circle" }] });
			writeConfig(folder, provider.baseUrl, { ...size, out: "failing" }, inBatches());
			expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
			expect(Object.values(readProducts(join(folder, "failing"))).join("")).toContain("failed in 3 rounds while other requests were answered");

			await provider.control({ faults: [{ fault: { type: "status", status: 503, message: "overloaded" } }] });
			writeConfig(folder, provider.baseUrl, { ...size, out: "outage" }, inBatches());
			const outage = await runCandor(command, { cwd: folder });
			expect(outage).toMatchObject({ code: 4, out: "" });
			expect(outage.err).toContain("2 rounds of batches have brought no reply; the provider says: 503 overloaded");
		}),
	180_000,
);

test(
	"interrupted while it waits, a run says what goes on without it; cancelled, it keeps what came; run again, it ends well",
	() =>
		withProvider({ latencyMs: 60, batches: { delayMs: 20 } }, async (folder, provider) => {
			writeConfig(folder, provider.baseUrl, size, inBatches({ pollMs: 100 }));
			const run = await startCandor(command, { cwd: folder });
			for (;;) {
				const { billed } = await provider.stats();
				if (Object.keys(billed).length >= 3) break;
				await sleep(10);
			}
			await provider.control({ latencyMs: 600_000 });
			run.child.kill("SIGINT");
			const stopped = await run.finished;
			expect(stopped).toMatchObject({ code: 130 });
			expect(stopped.err).toContain("a batch goes on at the provider");
			expect(stopped.err).toContain("candor batch cancel run");
			expect(stopped.err).toContain("To go on: candor run candor.json");
			expect((await runCandor(["batch", "status", "run"], { cwd: folder })).out).toContain("in progress");

			const cancelled = await runCandor(["batch", "cancel", "run"], { cwd: folder });
			expect(cancelled).toMatchObject({ code: 0 });
			const kept = Number(/(\d+) replies kept/.exec(cancelled.out)?.[1]);
			const { billed, batches } = await provider.stats();
			expect(batches.at(-1)?.status).toBe("cancelled");
			expect(kept).toBe(Object.keys(billed).length);
			expect(kept).toBeLessThan(batches.at(-1)?.requests ?? 0);
			expect((await runCandor(["batch", "cancel", "run"], { cwd: folder })).out).toBe("no batch is on its way\n");

			await provider.control({ latencyMs: 0 });
			expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
			await expectClean(folder, provider);
		}),
	120_000,
);

test(
	"with a live tail the last few requests are asked one by one",
	() =>
		withProvider({}, async (folder, provider) => {
			writeConfig(folder, provider.baseUrl, size, inBatches({ tail: "live", tailShare: 0.3 }));
			const run = await runCandor(command, { cwd: folder });
			expect(run, run.err).toMatchObject({ code: 0 });
			await expectClean(folder, provider);
			const { total, billed } = await provider.stats();
			expect(total).toBe(liveRequests);
			expect(Object.keys(billed).length).toBeLessThan(total);
			expect(run.err).toMatch(/the last \d+ requests are asked live/);
		}),
	120_000,
);

test(
	"exported requests, answered by an engine offline and imported, make the same bytes; bad lines are named, strange ones counted",
	() =>
		withProvider({}, async (folder, provider) => {
			const file = writeConfig(folder, provider.baseUrl, { ...size, out: join(folder, "run") });
			const [requests, results] = [join(folder, "requests.jsonl"), join(folder, "results.jsonl")];
			const work = async () => {
				const lines = readFileSync(requests, "utf8").trimEnd().split("\n");
				const answered = await Promise.all(lines.map((line) => workOffline(line, provider)));
				return { lines, answered };
			};
			const exported = await runCandor(["batch", "export", "candor.json", "--out", "requests.jsonl"], { cwd: folder });
			expect(exported, exported.err).toMatchObject({ code: 0 });
			const first = await work();
			expect(exported.out).toContain(`${first.lines.length} requests`);
			expect(first.lines.join("")).toContain("data:image/png;base64,");
			// A line of somebody else's, one that is cut off, and one that is no result.
			const strange = ['{"custom_id":"abc","response":{"status_code":200,"body":{}}}', '{"custom', "[]"];
			writeFileSync(results, [...first.answered, ...strange].join("\n"));
			const imported = await runCandor(["batch", "import", "candor.json", "results.jsonl"], { cwd: folder });
			expect(imported, imported.err).toMatchObject({ code: 0 });
			expect(imported.out).toContain(`${first.lines.length} replies, 1 of other requests, 2 that are no results`);
			expect(imported.err).toMatch(new RegExp(`results\\.jsonl:${first.lines.length + 2}: .*JSON`));
			expect(imported.err).toContain(`results.jsonl:${first.lines.length + 3}: is no result of a batch`);

			const resolved = loadConfig({ file, env: {}, flags: [] });
			const options = () => ({ extend: false, events: { progress: () => {}, warn: () => {} }, signal: new AbortController().signal });
			expect(await importResultFile(resolved, results, options())).toMatchObject({ answered: 0, known: first.lines.length });
			for (;;) {
				const { requests: count } = await exportRequests(resolved, { ...options(), out: requests, images: "file" });
				if (count === 0) break;
				const { lines, answered } = await work();
				expect(lines.join("")).toContain("file:///");
				expect(lines.join("")).not.toContain("base64");
				writeFileSync(results, answered.join("\n"));
				expect(await importResultFile(resolved, results, options())).toMatchObject({ answered: count, unknown: 0, bad: 0 });
			}
			expect((await provider.stats()).total).toBe(liveRequests);
			expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
			expect((await provider.stats()).total).toBe(liveRequests);
			expect(readProducts(join(folder, "run"))).toEqual(undisturbed);
		}),
	120_000,
);

/** What vLLM's run_batch does with a line: asks the model, and writes its words down in its own form. */
async function workOffline(line: string, provider: BatchProviderProcess): Promise<string> {
	const { custom_id, body } = JSON.parse(line);
	const text = JSON.stringify(body).replace(/file:\/\/([^"]+)/g, (_, path: string) => `data:image/png;base64,${readFileSync(path).toString("base64")}`);
	const answer = await fetch(`${provider.baseUrl}/chat/completions`, { method: "POST", body: text });
	return JSON.stringify({ id: "vllm-1", custom_id, response: { status_code: 200, request_id: "vllm-batch-1", body: await answer.json() }, error: null });
}

test(
	"a budget holds for batches as well: no more is submitted than it has room for, and once it is raised the run goes on",
	() =>
		withProvider({ countsTokens: true, batches: { delayMs: 20 } }, async (folder, provider) => {
			const price = { inputUsdPerMillionTokens: 1, outputUsdPerMillionTokens: 4 };
			writeConfig(folder, provider.baseUrl, { ...size, budget: { requests: 25 } }, { ...inBatches({ maxRequests: 10 }), price });
			const stopped = await runCandor(command, { cwd: folder });
			expect(stopped, stopped.err).toMatchObject({ code: 5, out: "" });
			expect(stopped.err).toContain("25 requests of 25 requests spent");
			const bill = async () => Object.values((await provider.stats()).billed).reduce((sum, count) => sum + count, 0);
			expect(await bill()).toBe(25);
			expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 5 });
			expect(await bill()).toBe(25);

			writeConfig(folder, provider.baseUrl, { ...size, budget: { usd: 5 } }, { ...inBatches(), price });
			const finished = await runCandor([...command, "--json"], { cwd: folder });
			expect(finished, finished.err).toMatchObject({ code: 0 });
			const { spend } = JSON.parse(finished.out);
			expect(spend.spent.requests).toBe(liveRequests);
			// Half of what the same tokens cost live.
			expect(spend.spent.usd).toBeCloseTo((spend.spent.inputTokens + 4 * spend.spent.outputTokens) / 2e6, 9);
			await expectClean(folder, provider);
		}),
	120_000,
);
