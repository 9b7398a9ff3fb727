/**
 * What TDIUC costs at its published size: makes a pair of that size, and has a process of its own read it, count its answers and
 * draw candidates. Prints seconds for each step and the peak of that process's anonymous memory. Linux.
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

const questions = Number(process.argv[2] ?? publishedQuestions);
const folder = mkdtempSync(join(tmpdir(), "candor-tdiuc-"));
try {
	const startMs = performance.now();
	const { pictures } = await makeTdiuc(folder, { seed: 1, questions, distinctPictures: 8 });
	console.log(`made ${questions} questions about ${pictures.length} pictures in ${((performance.now() - startMs) / 1000).toFixed(1)} s (not measured)`);
	process.exitCode = await measure(folder);
} finally {
	rmSync(folder, { recursive: true, force: true });
}

async function measure(pair: string): Promise<number> {
	const program = fileURLToPath(new URL("./tdiuc-process.ts", import.meta.url));
	const child = spawn(process.execPath, ["--import", "tsx", program, pair], { stdio: ["ignore", "pipe", "inherit"] });
	let peakKib = 0;
	const timer = setInterval(() => {
		peakKib = Math.max(peakKib, readAnonymousKib(child.pid));
	}, sampleMs);
	createInterface({ input: child.stdout }).on("line", (line) => console.log(`${line}; peak so far ${Math.round(peakKib / 1024)} MiB anonymous`));
	const [code] = await once(child, "close");
	clearInterval(timer);
	return code ?? 1;
}

/** 0 where the process is gone. */
function readAnonymousKib(pid: number | undefined): number {
	try {
		return Number(/^RssAnon:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
	} catch {
		return 0;
	}
}
