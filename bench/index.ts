/**
 * Measures what Candor costs beside what it does, as ratios within one run, and writes docs/bench.md:
 *
 *     npm run bench
 *
 * Takes about ten minutes on two cores.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { packageFolder } from "../src/pipeline/package-folder.js";
import { compareClients } from "./compare-clients.js";
import { compareReplay } from "./compare-replay.js";
import { compareRequests } from "./compare-requests.js";
import { compareStartUp } from "./compare-start-up.js";
import { measureLimits, renderLimits } from "./limits.js";
import type { Comparison } from "./measure.js";

/** Of the last minute, before anything is measured: other work makes all of it slower, and the turns unlike. */
const load = loadavg()[0] ?? 0;
const scratch = mkdtempSync(join(tmpdir(), "candor-bench-"));
try {
	const comparisons: Comparison[] = [];
	for (const measure of [
		() => compareReplay("srt", scratch),
		() => compareReplay("sft", scratch),
		() => compareReplay("dpo", scratch),
		() => compareRequests(50, scratch),
		() => compareRequests(0, scratch),
		() => compareStartUp(),
	]) {
		const comparison = await measure();
		process.stderr.write(`${comparison.what}: ${comparison.ratio.toFixed(2)}\n`);
		comparisons.push(comparison);
	}
	const clients = await compareClients(join(scratch, "clients"));
	const limits = renderLimits(await measureLimits());
	writeFileSync(join(packageFolder(), "docs", "bench.md"), render([...comparisons, ...clients.comparisons], clients.table, limits));
} finally {
	rmSync(scratch, { recursive: true, force: true });
}

function render(comparisons: readonly Comparison[], clientTable: string, limitsTable: string): string {
	const rows = comparisons.map(({ what, ours, other, ratio, range }) => {
		const [lowest, highest] = range.map((value) => value.toFixed(2));
		return `| ${what} | ${ours.name}: ${ours.result} | ${other.name}: ${other.result} | ${ratio.toFixed(2)} | ${lowest} to ${highest} |`;
	});
	const processors = cpus();
	return `# Measurements

<!-- Written by bench/index.ts: npm run bench -->

\`npm run bench\` writes this page. Both sides of a row are timed by turns in one run on one machine; the ratio is the median of the turns, our time over the other's: 1 is even, below 1 is faster. The results are medians too, and mean little elsewhere.

| what | ours | against | ratio | of the turns |
|---|---|---|---|---|
${rows.join("\n")}

On ${processors.length} × ${processors[0]?.model.trim() ?? "unknown processor"}, ${process.platform} ${process.arch}, Node.js ${process.version}; load average at the start ${load.toFixed(1)}${load > 1 ? ", so other work ran beside it: take the numbers as rough" : ""}.

- Replayed rows are made again from the ledger alone, pictures included; a fresh run also writes the ledger. The scripted teacher answers at once, so this is what Candor itself needs. \`dpo\` pairs come from templates by default and ask no teacher: there both sides do the same, and the ratio shows the noise.
- The server of the requests is a fake in a process of its own on the same machine. With a latency of 0 ms, nothing but overhead is left: that row is the price of a reply that is committed before it counts. A real teacher takes seconds.
- The clients of the pictures' questions run in processes of their own, against a server that reads no body and is timed by itself: from its first request to its last reply. The pictures are JPEGs of noise, of about 120 kB. The bare clients make each picture's data URL once, and keep no reply.

## Clients in detail

Medians of the turns. The least possible is the latency alone. The server's column is its own processor time over that window, and the client without pictures shows what it can answer. The whole process includes Node's start and the loading of TypeScript, which \`candor\` itself does not do.

${clientTable}

## Limits

How near requests come to what a server allows. A heavy tail is measured against greedy scheduling of the same latencies; a rate as the share of what the server lets through once the burst is used up; endpoints by what is lost while one of eight is down. \`npx tsx bench/limits.ts\` measures these alone.

${limitsTable}`;
}
