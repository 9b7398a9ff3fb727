import type { ClientSettings } from "./compare-client-process.js";
import { writePictures } from "./compare-pictures.js";
import { type Comparison, median, summarize } from "./measure.js";
import { type ClientRun, withFastTeacher } from "./run-client.js";

const requests = 2_000;
const pictureCount = 200;
const latencyMs = 200;
const turns = 3;

/** What each client is called in the table, and whether its replies survive a power cut. */
const names = {
	candor: "Candor: ledger, retry, concurrency, client",
	openai: "openai in p-queue",
	undici: "undici in p-queue",
	"undici-tiny": "undici in p-queue, no pictures",
} as const satisfies Record<ClientSettings["client"], string>;

/**
 * 2,000 questions about 200 pictures of about 120 kB, by our whole stack with every reply committed, by OpenAI's client and by undici
 * in a bare queue. Each runs in a process of its own, and so does the server.
 */
export async function compareClients(scratch: string): Promise<{ comparisons: Comparison[]; table: string }> {
	const pictures = await writePictures(scratch, pictureCount);
	const comparisons: Comparison[] = [];
	const lines: string[] = [];
	await withFastTeacher(latencyMs, scratch, async (run) => {
		for (const concurrency of [64, 512]) {
			const runs: Record<ClientSettings["client"], ClientRun[]> = { candor: [], openai: [], undici: [], "undici-tiny": [] };
			for (let turn = 0; turn < turns; turn++) {
				for (const client of ["openai", "candor", "undici", "undici-tiny"] as const) {
					runs[client].push(await run({ client, requests, concurrency, pictures, folder: scratch }));
				}
			}
			for (const client of ["openai", "undici"] as const) {
				const windows = runs.candor.map((ours, turn) => ({ ours: ours.server.windowMs, other: runs[client][turn]?.server.windowMs ?? Number.NaN }));
				const what = `${requests} questions about ${pictureCount} pictures, ${concurrency} at once, the server takes ${latencyMs} ms`;
				comparisons.push(summarize(what, windows, [names.candor, names[client]], (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`));
			}
			for (const client of ["candor", "openai", "undici", "undici-tiny"] as const) lines.push(renderLine(names[client], concurrency, runs[client]));
		}
	});
	return { comparisons, table: [...tableHead, ...lines].join("\n") };
}

const tableHead = [
	`| client | at once | first to last request s | least possible s | most in flight | whole process s | its processor s | peak anonymous MiB | server busy |`,
	"|---|---|---|---|---|---|---|---|---|",
];

function renderLine(name: string, concurrency: number, runs: readonly ClientRun[]): string {
	const middle = (valueIn: (run: ClientRun) => number) => median(runs.map(valueIn));
	const seconds = (valueIn: (run: ClientRun) => number) => (middle(valueIn) / 1000).toFixed(2);
	const peak = middle((run) => run.peakMebibytes ?? Number.NaN);
	const cells = [
		name,
		concurrency,
		seconds((run) => run.server.windowMs),
		((requests * latencyMs) / concurrency / 1000).toFixed(2),
		middle((run) => run.server.inFlightMax),
		seconds((run) => run.wallMs),
		seconds((run) => run.cpuMs),
		Number.isNaN(peak) ? "not told" : peak.toFixed(0),
		`${(100 * middle((run) => run.server.cpuMs / run.server.windowMs)).toFixed(0)} %`,
	];
	return `| ${cells.join(" | ")} |`;
}
