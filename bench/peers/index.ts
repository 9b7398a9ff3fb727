/**
 * The same work for Candor's stack and for other tools that make synthetic data, against the same server, and writes
 * docs/bench-peers.md:
 *
 *     npm run bench:peers                    all of them
 *     npm run bench:peers -- data-designer   Candor and this one
 *
 * The first time it installs each tool into a Python environment of its own under node_modules/.cache/candor, some 700 MB each. One
 * that cannot be installed or does not end is left out, and the page says so.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatBytes } from "../../src/cli/render/format-units.js";
import { packageFolder } from "../../src/pipeline/package-folder.js";
import { compileProgram } from "../../test/support/compile-program.js";
import type { FastTeacherStats } from "../../test/support/fast-teacher.js";
import { prepareVenv, runTool } from "../../test/support/python-venv.js";
import { serveFrom } from "../../test/support/start-fake-process.js";
import { writePictures } from "../compare-pictures.js";
import { measureProcess, type ProcessUse, sizeOfFolder } from "./measure-process.js";
import { type Peer, type PeerTask, peers } from "./peers.js";

const requests = 2000;
const pictureCount = 200;
const latencyMs = 200;
const concurrencies = [64, 512];
/** A tool that takes longer has stuck. @unit milliseconds */
const limitMs = 5 * 60_000;

interface Contestant {
	readonly name: string;
	start(task: PeerTask): Promise<ProcessUse>;
}

interface Measured extends ProcessUse {
	readonly stats: FastTeacherStats;
	readonly diskBytes: number;
}

interface Line {
	readonly name: string;
	/** By concurrency; absent: why it was left out. */
	readonly results?: readonly Measured[];
	readonly skipped?: string;
}

const load = loadavg()[0] ?? 0;
const wanted = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), "candor-peers-"));
const compiled = join(await compileProgram(), "test", "support");
const server = await serveFrom([join(compiled, "fast-teacher-process.js"), String(latencyMs)]);
try {
	const pictures = (await writePictures(scratch, pictureCount)).map(({ path }) => join(scratch, path));
	const lines: Line[] = [await compete(candor(), pictures)];
	for (const peer of peers) {
		if (wanted.length > 0 && !wanted.includes(peer.name)) lines.push({ name: nameOf(peer), skipped: "not asked for" });
		else lines.push(await competePeer(peer, pictures));
	}
	writeFileSync(join(packageFolder(), "docs", "bench-peers.md"), render(lines));
} finally {
	await server.close();
	rmSync(scratch, { recursive: true, force: true });
}

function candor(): Contestant {
	return {
		name: "Candor's stack: ledger, retry, concurrency, client",
		start: (task) =>
			measureProcess(process.execPath, [join(compiled, "stack-process.js"), JSON.stringify(task)], { env: process.env, limitMs, cwd: task.folder }),
	};
}

async function competePeer(peer: Peer, pictures: readonly string[]): Promise<Line> {
	const venv = await prepareVenv(peer.venv);
	if (venv.type === "missing") return { name: nameOf(peer), skipped: venv.why };
	const { out } = await runTool(venv.python, ["-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]);
	const env = { ...process.env, ...Object.fromEntries(Object.entries(peer.env).map(([name, value]) => [name, value.replace("PACKAGES", out.trim())])) };
	const script = fileURLToPath(new URL(peer.script, import.meta.url));
	return compete(
		{
			name: nameOf(peer),
			// Whatever it leaves in its home is its own disk, too.
			start: (task) => measureProcess(venv.python, [script, JSON.stringify(task)], { env: { ...env, HOME: task.folder }, limitMs, cwd: task.folder }),
		},
		pictures,
	);
}

async function compete({ name, start }: Contestant, pictures: readonly string[]): Promise<Line> {
	const results: Measured[] = [];
	for (const concurrency of concurrencies) {
		const folder = join(scratch, `work-${results.length}`);
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder);
		await fetch(`${new URL(server.baseUrl).origin}/reset`, { method: "POST" });
		const use = await start({ baseUrl: server.baseUrl, requests, concurrency, pictures, folder });
		const stats = (await (await fetch(`${new URL(server.baseUrl).origin}/stats`)).json()) as FastTeacherStats;
		process.stderr.write(
			`${name}, ${concurrency} at once: ${seconds(stats.windowMs)} s of ${seconds(use.wallMs)} s, ${stats.answered} answered, exit ${use.code}\n`,
		);
		if (use.code !== 0 || stats.answered < requests) {
			process.stderr.write(`${use.written}\n`);
			return { name, skipped: `at ${concurrency} at once it ended with ${use.code} after ${stats.answered} replies` };
		}
		results.push({ ...use, stats, diskBytes: sizeOfFolder(folder) });
	}
	return { name, results };
}

function nameOf({ name, version }: Peer): string {
	return `${name} ${version}`;
}

function seconds(ms: number): string {
	return (ms / 1000).toFixed(2);
}

function render(lines: readonly Line[]): string {
	const rows = lines.flatMap(({ name, results }) => {
		if (results === undefined) return [];
		const times = results.map(({ stats, wallMs }) => `${seconds(stats.windowMs)} / ${seconds(wallMs)}`);
		const cpu = results.map(({ cpuMs }) => (cpuMs === undefined ? "?" : (cpuMs / 1000).toFixed(1))).join(" / ");
		const peak = Math.max(...results.map(({ peakBytes }) => peakBytes ?? 0));
		const [inFlight, disk] = [results.map(({ stats }) => stats.inFlightMax).join(" / "), Math.max(...results.map(({ diskBytes }) => diskBytes))];
		return [`| ${name} | ${times.join(" | ")} | ${inFlight} | ${cpu} | ${peak === 0 ? "not measured" : formatBytes(peak)} | ${formatBytes(disk)} |`];
	});
	const left = lines.flatMap(({ name, skipped }) => (skipped === undefined ? [] : [`- ${name} is left out: ${skipped}`]));
	const processors = cpus();
	return `# Beside other tools

<!-- Written by bench/peers/index.ts: npm run bench:peers -->

\`npm run bench:peers\` writes this page: the same work for each, one after the other, against the same server in a process of its own on the same machine. ${requests.toLocaleString("en-US")} requests, each with one of ${pictureCount} JPEGs of about 120 kB and a question of its own; every reply takes the server ${latencyMs} ms. Each tool is in the last version that installs here, set up for throughput as its documentation says; what is run is in \`bench/peers\`.

| client | ${concurrencies.map((concurrency) => `${concurrency} at once: window / wall, s`).join(" | ")} | most in flight | processor, s | peak memory | disk |
|---|---|---|---|---|---|---|
${rows.join("\n")}

The window is from the first request to the last reply, as the server counts; the wall is the whole process. The least possible window is ${concurrencies.map((concurrency) => `${seconds((requests * latencyMs) / concurrency)} s at ${concurrency}`).join(", ")}. Two figures in a cell are for the two numbers at once. Processor time, which hardly depends on what else the machine does, and memory, without mapped files, are those of all its processes together; disk is what it leaves behind.
${left.length === 0 ? "" : `\n${left.join("\n")}\n`}
On ${processors.length} × ${processors[0]?.model.trim() ?? "unknown processor"}, ${process.platform} ${process.arch}, Node.js ${process.version}; one run each; load average at the start ${load.toFixed(1)}${load > 1 ? ", so other work ran beside it: take the numbers as rough" : ""}.
`;
}
