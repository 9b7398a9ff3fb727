import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ConfigInput } from "../../src/config/index.js";
import { openLedgerForReading } from "../../src/teacher/index.js";
import type { FakeStats } from "./fake-teacher.js";
import { fingerprintOf } from "./oracle.js";

export type TeacherInput = NonNullable<ConfigInput["teacher"]>;

/** Writes `candor.json` for a run over the folder's shapes source, with a teacher that does not take long to give up. */
export function writeConfig(folder: string, baseUrl: string, change: Partial<ConfigInput> = {}, teacher: TeacherInput = {}): string {
	mkdirSync(folder, { recursive: true });
	const config: ConfigInput = {
		name: "shapes",
		seed: 5,
		rows: 24,
		out: "run",
		source: { type: "jsonl", path: "questions.jsonl", images: "pictures", name: "shapes" },
		dpo: { replies: "teacher" },
		...change,
		teacher: { type: "openai", baseUrl, model: "fake-vlm", timeoutMs: 20_000, retries: 2, outageMs: 20_000, ...teacher },
	};
	const file = join(folder, "candor.json");
	writeFileSync(file, JSON.stringify(config, null, "\t"));
	return file;
}

/** The files of a run that are promised to be the same bytes every time: shards, manifests and rejects, by path. */
export function readProducts(runFolder: string): Record<string, string> {
	const products: Record<string, string> = {};
	for (const pipeline of ["srt", "sft", "dpo"]) {
		const folder = join(runFolder, pipeline);
		if (!existsSync(folder)) continue;
		for (const file of readdirSync(folder).sort()) products[`${pipeline}/${file}`] = readFileSync(join(folder, file), "utf8");
	}
	return products;
}

/** The rows of a pipeline in their order. */
export function readRows(runFolder: string, pipeline: string): string[] {
	const products = Object.entries(readProducts(runFolder)).filter(([path]) => path.startsWith(`${pipeline}/${pipeline}-`) && path.endsWith(".jsonl"));
	return products.flatMap(([, text]) => text.trimEnd().split("\n"));
}

/** The fingerprints of all requests whose replies a run's ledger holds; failures have none. */
export async function readCommitted(runFolder: string): Promise<Set<number>> {
	const ledger = openLedgerForReading(join(runFolder, "ledger"));
	try {
		return new Set([...ledger.entries()].flatMap(({ answer }) => (answer.type === "reply" && answer.usage !== undefined ? [answer.usage.inputTokens] : [])));
	} finally {
		await ledger.close();
	}
}

/** The fingerprints of the requests that came to the server between two looks at its counts. */
export function askedBetween(before: FakeStats, after: FakeStats): Set<number> {
	const hashes = Object.entries(after.perContent).filter(([hash, count]) => count > (before.perContent[hash] ?? 0));
	return new Set(hashes.map(([hash]) => fingerprintOf(hash)));
}

/** How many requests came to the server between two looks at its counts. */
export function requestsBetween(before: FakeStats, after: FakeStats): number {
	return after.total - before.total;
}

/** Looks at the server's counts until they are as wanted. @throws Error where that takes too long */
export async function waitForStats(oracle: { stats(): Promise<FakeStats> }, isThere: (stats: FakeStats) => boolean, timeoutMs = 20_000): Promise<FakeStats> {
	for (const endMs = Date.now() + timeoutMs; ; ) {
		const stats = await oracle.stats();
		if (isThere(stats)) return stats;
		if (Date.now() > endMs) throw new Error(`the server's counts stay at ${stats.total} requests, ${stats.answered} answered, ${stats.inFlight} in flight`);
		await sleep(20);
	}
}
