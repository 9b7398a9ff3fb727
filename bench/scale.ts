/**
 * Whether a run stays fast and small as it grows: rows a second and peak memory at two sizes, over the same 3,000 scenes, with the
 * scripted teacher (srt) and with templates (dpo). Prints a Markdown table:
 *
 *     npm run build && npx tsx bench/scale.ts [srt rows, 30000] [pictures, 3000]
 *
 * The smaller run has a tenth of the rows; dpo has more than three times as many as srt. The scenes are rendered before the runs, and
 * told apart. Memory is anonymous memory as Linux counts it, sampled every 100 ms; elsewhere it is left out.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { packageFolder } from "../src/pipeline/package-folder.js";
import { anonymousMebibytes } from "./anonymous-memory.js";

interface Measured {
	readonly pipeline: string;
	readonly rows: number;
	readonly seconds: number;
	/** Absent where the system does not tell. */
	readonly peakMebibytes: number | undefined;
}

const srtRows = Number(process.argv[2] ?? 30_000);
const pictures = Number(process.argv[3] ?? 3_000);
const dpoRows = Math.round((srtRows * 10) / 3);
const scratch = mkdtempSync(join(tmpdir(), "candor-scale-"));
try {
	const scenes = await runProgram(["scenes", join(scratch, "scenes"), "--pictures", String(pictures)]);
	const runs: Measured[] = [];
	for (const [pipeline, rows] of [
		["srt", srtRows],
		["dpo", dpoRows],
	] as const) {
		for (const size of [Math.round(rows / 10), rows]) runs.push(await measureRun(pipeline, size));
	}
	console.log(`Load average ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores.`);
	console.log(`${pictures} scenes rendered and written: ${(pictures / scenes.seconds).toFixed(1)} a second, peak ${scenes.peakMebibytes?.toFixed(0)} MiB.\n`);
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
			source: { type: "jsonl", path: "scenes/questions.jsonl", images: "scenes/images" },
			dialogue: { dialoguesPerQuestion: 6 },
			// Some kinds of questions are rare: few scenes are of sports.
			onShort: "spread",
			teacher: { type: "scripted" },
		}),
	);
	const { seconds, peakMebibytes, told } = await runProgram(["run", config, "--json", "--quiet"]);
	const summary: { pipelines: { rows: number }[] } = JSON.parse(told);
	const made = summary.pipelines[0]?.rows;
	if (made !== rows) throw new Error(`the run of ${rows} ${pipeline} rows made ${made}`);
	rmSync(out, { recursive: true });
	process.stderr.write(`${pipeline} ${rows}: ${seconds.toFixed(1)} s\n`);
	return { pipeline, rows, seconds, peakMebibytes };
}

/** Runs the built program to its end, and looks at its memory meanwhile. */
async function runProgram(args: readonly string[]): Promise<{ seconds: number; peakMebibytes: number | undefined; told: string }> {
	const startMs = performance.now();
	const child = spawn(process.execPath, [join(packageFolder(), "dist", "src", "cli", "main.js"), ...args], { stdio: ["ignore", "pipe", "inherit"] });
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
	clearInterval(timer);
	if (code !== 0) throw new Error(`candor ${args[0]} ended with ${code}`);
	return { seconds: (performance.now() - startMs) / 1000, peakMebibytes, told };
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
