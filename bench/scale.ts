/**
 * Whether a run stays fast and small as it grows: rows a second and peak memory at two sizes, over the same 3,000 pictures, with
 * the scripted teacher (srt) and with templates (dpo). Prints a Markdown table:
 *
 *     npm run build && npx tsx bench/scale.ts [srt rows, 30000]
 *
 * The smaller srt run has a tenth of the rows; dpo has more than three times as many. Pictures are made before anything is timed.
 * Memory is anonymous memory as Linux counts it, sampled every 100 ms; elsewhere it is left out.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageFolder } from "../src/pipeline/package-folder.js";
import { writeSource } from "./write-source.js";

interface Measured {
	readonly pipeline: string;
	readonly rows: number;
	readonly seconds: number;
	/** Absent where the system does not tell. */
	readonly peakMebibytes: number | undefined;
}

const pictures = 3_000;
const srtRows = Number(process.argv[2] ?? 30_000);
const dpoRows = Math.round((srtRows * 10) / 3);
const scratch = mkdtempSync(join(tmpdir(), "candor-scale-"));
try {
	// No is the rarest answer that is asked for in equal number, so that there must be more questions than rows.
	await writeSource(scratch, { pictures, perTask: Math.ceil(dpoRows / 20) });
	const runs: Measured[] = [];
	for (const [pipeline, rows] of [
		["srt", srtRows],
		["dpo", dpoRows],
	] as const) {
		for (const size of [Math.round(rows / 10), rows]) runs.push(await measureRun(pipeline, size));
	}
	console.log(render(runs));
} finally {
	rmSync(scratch, { recursive: true, force: true });
}

async function measureRun(pipeline: string, rows: number): Promise<Measured> {
	const out = join(scratch, "run");
	const config = join(scratch, "candor.yaml");
	writeFileSync(
		config,
		JSON.stringify({
			pipelines: [pipeline],
			rows,
			out,
			source: { type: "jsonl", path: "questions.jsonl", images: "pictures" },
			dialogue: { dialoguesPerQuestion: 4 },
			teacher: { type: "scripted" },
		}),
	);
	const main = join(packageFolder(), "dist", "src", "cli", "main.js");
	const startMs = performance.now();
	const child = spawn(process.execPath, [main, "run", config, "--json", "--quiet"], { stdio: ["ignore", "pipe", "inherit"] });
	let told = "";
	child.stdout.setEncoding("utf8").on("data", (text: string) => {
		told += text;
	});
	let peakMebibytes: number | undefined;
	const timer = setInterval(() => {
		const now = anonymousMebibytes(child.pid);
		if (now !== undefined) peakMebibytes = Math.max(peakMebibytes ?? 0, now);
	}, 100);
	const [code] = await once(child, "close");
	const seconds = (performance.now() - startMs) / 1000;
	clearInterval(timer);
	const summary: { pipelines: { rows: number }[] } = code === 0 ? JSON.parse(told) : { pipelines: [] };
	const made = summary.pipelines[0]?.rows;
	if (made !== rows) throw new Error(`the run of ${rows} ${pipeline} rows ended with ${code} and made ${made}`);
	rmSync(out, { recursive: true });
	process.stderr.write(`${pipeline} ${rows}: ${seconds.toFixed(1)} s\n`);
	return { pipeline, rows, seconds, peakMebibytes };
}

function anonymousMebibytes(pid: number | undefined): number | undefined {
	try {
		const kibibytes = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
		return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
	} catch {
		return undefined;
	}
}

function render(runs: readonly Measured[]): string {
	const lines = runs.map((run, index) => {
		// The larger of two sizes, against the smaller before it.
		const smaller = index % 2 === 1 ? runs[index - 1] : undefined;
		const speedRatio = smaller === undefined ? "" : (run.rows / run.seconds / (smaller.rows / smaller.seconds)).toFixed(2);
		const memoryRatio = smaller?.peakMebibytes === undefined || run.peakMebibytes === undefined ? "" : (run.peakMebibytes / smaller.peakMebibytes).toFixed(2);
		const speed = Math.round(run.rows / run.seconds);
		return `| ${run.pipeline} | ${run.rows} | ${run.seconds.toFixed(1)} | ${speed} | ${speedRatio} | ${run.peakMebibytes?.toFixed(0) ?? "not told"} | ${memoryRatio} |`;
	});
	return ["| pipeline | rows | wall s | rows/s | ratio | peak RssAnon MiB | ratio |", "|---|---|---|---|---|---|---|", ...lines].join("\n");
}
