/**
 * How near the limits of servers requests come: heavy tails, rates that are not told, endpoints that die. Prints a Markdown table:
 *
 *     npx tsx bench/limits.ts [heavy-tail|rate|endpoints]
 *
 * Servers are fakes in processes of their own. Takes about five minutes; on a busy machine the numbers are lower than they should be.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createHealth } from "../src/teacher/index.js";
import { drawLatencies, type FakeLatency, type FakeLimit } from "../test/support/fake-limits.js";
import { makeRequest } from "../test/support/make-request.js";
import { openDispatcher, openRetryingClient, type StackOptions } from "../test/support/open-stack.js";
import { serveFrom, startFakeTeacherProcess } from "../test/support/start-fake-process.js";

export interface LimitsRow {
	readonly what: string;
	/** What came of it, as a share of what could have. */
	readonly share: number;
	/** What it should be at least. */
	readonly wanted: number;
	readonly beside: string;
}

const patient = { timeoutMs: 120_000, outageMs: 600_000, maxRetryAfterMs: 120_000, baseDelayMs: 500, maxDelayMs: 30_000 } as const;
const { signal } = new AbortController();
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** The server that looks at no body, so that at 512 at a time the client is what is measured. */
function startFastTeacherProcess(latency: number | FakeLatency) {
	return serveFrom(["--import", "tsx", fileURLToPath(new URL("../test/support/fast-teacher-process.ts", import.meta.url)), JSON.stringify(latency)]);
}

/** Latencies with a heavy tail, against what greedy list scheduling of the same latencies takes: each goes to the slot that is free first. */
export async function measureHeavyTail(concurrency: number, hedge?: StackOptions["hedge"]): Promise<LimitsRow> {
	const requests = 2000;
	const latency: FakeLatency = { medianMs: 200, p99Ms: 5000, seed: 3 };
	const server = await startFastTeacherProcess(latency);
	const warm = await startFastTeacherProcess(0);
	let hedges = 0;
	const options: StackOptions = {
		baseUrl: server.baseUrl,
		concurrency,
		...patient,
		...(hedge === undefined ? {} : { hedge: { ...hedge, onHedge: () => hedges++ } }),
	};
	const teacher = openRetryingClient(options);
	try {
		// Code that has not run yet is slow, and at 512 at a time all of it would run for the first time at once.
		const first = openRetryingClient({ ...options, baseUrl: warm.baseUrl });
		await Promise.all(Array.from({ length: 1000 }, (_, index) => first.ask(makeRequest(`warm ${index}`), signal)));
		await first.close();
		hedges = 0;
		const startMs = performance.now();
		await Promise.all(Array.from({ length: requests }, (_, index) => teacher.ask(makeRequest(`question ${index}`), signal)));
		const tookMs = performance.now() - startMs;
		const draw = drawLatencies(latency);
		const greedyMs = scheduleGreedily(Array.from({ length: requests }, draw), concurrency);
		return {
			what: `${requests} requests, median 200 ms, p99 5 s, ${concurrency} at a time${hedge === undefined ? "" : ", hedged"}: greedy's time over ours`,
			share: greedyMs / tookMs,
			wanted: hedge === undefined ? 0.95 : 1,
			beside: `${(tookMs / 1000).toFixed(1)} s; greedy ${(greedyMs / 1000).toFixed(1)} s${hedge === undefined ? "" : `; ${hedges} sent twice`}`,
		};
	} finally {
		await teacher.close();
		await server.close();
		await warm.close();
	}
}

function scheduleGreedily(latencies: readonly number[], slots: number): number {
	const freeAtMs = Array.from({ length: slots }, () => 0);
	for (const latency of latencies) {
		const slot = freeAtMs.indexOf(Math.min(...freeAtMs));
		freeAtMs[slot] = (freeAtMs[slot] ?? 0) + latency;
	}
	return Math.max(...freeAtMs);
}

/** A server that lets 6,000 requests a minute through and has a stock of 100. The first ten seconds do not count: there the rate is found. */
export async function measureRate(programs: number, tells: Pick<FakeLimit, "tellsRemaining" | "tellsRetryAfter">): Promise<LimitsRow> {
	const limit: FakeLimit = { perMinute: 6000, capacity: 100, ...tells };
	const [firstSeconds, seconds] = [10, 40];
	const server = await startFakeTeacherProcess({ latencyMs: { medianMs: 200, p99Ms: 600, seed: 5 }, limit });
	try {
		const children = Array.from({ length: programs }, () => startProgram({ baseUrl: server.baseUrl, concurrency: 64, seconds: seconds + 5 }));
		while ((await server.stats()).total === 0) await sleep(20);
		await sleep(firstSeconds * 1000);
		const [before, fromMs] = [await server.stats(), performance.now()];
		await sleep((seconds - firstSeconds) * 1000);
		const [after, toMs] = [await server.stats(), performance.now()];
		await Promise.all(children);
		const letIn = after.total - after.refused - (before.total - before.refused);
		const refused = after.refused - before.refused;
		const told = [tells.tellsRemaining === false ? [] : ["what is left"], tells.tellsRetryAfter === false ? [] : ["Retry-After"]].flat().join(" and ");
		return {
			what: `6,000 a minute, ${programs === 1 ? "one program" : `${programs} programs`}, told ${told}: let in over what could have been`,
			share: letIn / (((toMs - fromMs) / 60_000) * limit.perMinute),
			wanted: programs === 1 ? 0.95 : 0.9,
			beside: `${percent(refused / Math.max(1, letIn + refused))} refused after the first ${firstSeconds} s (${before.refused} before)`,
		};
	} finally {
		await server.close();
	}
}

async function startProgram(settings: { baseUrl: string; concurrency: number; seconds: number }): Promise<void> {
	const program = fileURLToPath(new URL("limits-process.ts", import.meta.url));
	const child = spawn(process.execPath, ["--import", "tsx", program, JSON.stringify(settings)], { stdio: ["ignore", "ignore", "inherit"] });
	await once(child, "exit");
}

/** Eight endpoints, of which one is down for the middle third: what was answered over what was without that. */
export async function measureEndpoints(): Promise<LimitsRow> {
	const thirdMs = 8000;
	const servers = await Promise.all(Array.from({ length: 8 }, () => startFakeTeacherProcess({ latencyMs: 400 })));
	const [baseUrl = "", ...otherUrls] = servers.map((server) => server.baseUrl);
	const run = async (name: string, disturb: boolean): Promise<{ answered: number; retries: number }> => {
		let [answered, retries] = [0, 0];
		const options: StackOptions = { baseUrl, otherUrls, concurrency: 8, ...patient, onRetry: () => retries++ };
		const teacher = openRetryingClient(options, createHealth(), openDispatcher(options));
		const controller = new AbortController();
		const workers = Promise.all(
			Array.from({ length: 136 }, async (_, worker) => {
				for (let index = 0; !controller.signal.aborted; index += 1) {
					await teacher.ask(makeRequest(`${name}-${worker}-${index}`), controller.signal).then(
						() => answered++,
						() => {},
					);
				}
			}),
		);
		await sleep(thirdMs);
		if (disturb) await servers[3]?.control({ isDown: true });
		await sleep(thirdMs);
		if (disturb) await servers[3]?.control({ isDown: false });
		await sleep(thirdMs);
		controller.abort();
		await workers;
		await teacher.close();
		return { answered, retries };
	};
	try {
		const calm = await run("calm", false);
		const disturbed = await run("disturbed", true);
		return {
			what: "eight endpoints, one down for a third of the time: answered over what is without that",
			share: disturbed.answered / calm.answered,
			// An eighth of a third is gone, and a little for the pauses before it is tried again.
			wanted: 0.94,
			beside: `its own share: ${percent(1 / 24)}; ${disturbed.retries} tries used up`,
		};
	} finally {
		for (const server of servers) await server.close();
	}
}

/** All of it, one after another. */
export async function measureLimits(only?: string): Promise<LimitsRow[]> {
	const all: (readonly [string, () => Promise<LimitsRow>])[] = [
		["heavy-tail", () => measureHeavyTail(64)],
		["heavy-tail", () => measureHeavyTail(512)],
		["heavy-tail", () => measureHeavyTail(64, { afterPercentile: 95, maxShare: 0.05 })],
		["heavy-tail", () => measureHeavyTail(512, { afterPercentile: 95, maxShare: 0.05 })],
		["rate", () => measureRate(1, {})],
		["rate", () => measureRate(1, { tellsRemaining: false })],
		["rate", () => measureRate(3, {})],
		["rate", () => measureRate(3, { tellsRemaining: false })],
		["endpoints", measureEndpoints],
	];
	const rows: LimitsRow[] = [];
	for (const [group, measure] of all) {
		if (only !== undefined && only !== group) continue;
		const row = await measure();
		process.stderr.write(`${row.what}: ${row.share.toFixed(3)} (${row.beside})\n`);
		rows.push(row);
	}
	return rows;
}

export function renderLimits(rows: readonly LimitsRow[]): string {
	const lines = rows.map(({ what, share, wanted, beside }) => `| ${what} | ${share.toFixed(3)} | ${wanted.toFixed(2)} | ${beside} |`);
	return ["| what | share | wanted at least | beside |", "|---|---|---|---|", ...lines].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(renderLimits(await measureLimits(process.argv[2])));
