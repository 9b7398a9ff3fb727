/**
 * What TDIUC costs at its published size: makes a pair of that size, and has a process of its own read it, reserve a benchmark and a
 * probe set, and draw the candidates of 10,000 rows. Prints a table of seconds for each step and the peak of that process's anonymous
 * memory so far. Linux; some GB of temporary files, since each picture is a file of its own.
 *
 *     npx tsx bench/tdiuc.ts [questions, 1654167]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { makeTdiuc, publishedQuestions } from "../test/support/make-tdiuc.js";

/** @unit milliseconds */
const sampleMs = 50;

interface Step {
	readonly step: string;
	readonly wallMs: number;
	readonly cpuMs: number;
	readonly what: string;
}

const questions = Number(process.argv[2] ?? publishedQuestions);
const folder = mkdtempSync(join(tmpdir(), "candor-tdiuc-"));
try {
	const startMs = performance.now();
	// Reserving compares pictures by their looks: each has to be its own.
	const { pictures } = await makeTdiuc(join(folder, "pair"), { seed: 1, questions, distinctPictures: Number.POSITIVE_INFINITY });
	console.log(`Made ${questions} questions about ${pictures.length} pictures in ${seconds(performance.now() - startMs)} s (not measured).\n`);
	process.exitCode = await measure(join(folder, "pair"), join(folder, "run"));
} finally {
	rmSync(folder, { recursive: true, force: true });
}

async function measure(pair: string, runFolder: string): Promise<number> {
	const program = fileURLToPath(new URL("./tdiuc-process.ts", import.meta.url));
	const child = spawn(process.execPath, ["--import", "tsx", program, pair, runFolder], { stdio: ["ignore", "pipe", "inherit"] });
	let peakKib = 0;
	const sample = () => {
		peakKib = Math.max(peakKib, readAnonymousKib(child.pid));
	};
	const timer = setInterval(sample, sampleMs);
	console.log("| step | wall s | processor s | peak RssAnon so far, MiB | what |\n|---|---:|---:|---:|---|");
	createInterface({ input: child.stdout }).on("line", (line) => {
		sample();
		const { step, wallMs, cpuMs, what } = JSON.parse(line) as Step;
		console.log(`| ${step} | ${seconds(wallMs)} | ${seconds(cpuMs)} | ${Math.round(peakKib / 1024)} | ${what} |`);
	});
	const [code] = await once(child, "close");
	clearInterval(timer);
	return code ?? 1;
}

function seconds(milliseconds: number): string {
	return (milliseconds / 1_000).toFixed(1);
}

/** 0 where the process is gone. */
function readAnonymousKib(pid: number | undefined): number {
	try {
		return Number(/^RssAnon:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
	} catch {
		return 0;
	}
}
