import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { cacheFolder, prepareVenv, runTool } from "../support/python-venv.js";

/** Loading torch takes some 20 seconds on a quiet machine. @unit milliseconds */
const patienceMs = 180_000;

export interface ServedModel {
	/** Ends in /v1. */
	readonly baseUrl: string;
	readonly model: string;
	/** What the server has written. */
	log(): string;
	close(): Promise<void>;
}

/**
 * Hugging Face's own OpenAI-compatible server with a tiny LLaVA of random weights, on the processor. Nothing is downloaded but the
 * packages, once.
 * @returns why it cannot be had here, in words, where it cannot
 */
export async function startTransformersServe(): Promise<ServedModel | { readonly skipped: string }> {
	const venv = await prepareVenv({
		name: "serve",
		requirements: ["torch==2.13.0", "transformers[serving]==5.23.0", "pillow"],
		// Builds for graphics cards weigh gigabytes; the two are made unsatisfiable, as nothing here needs them.
		constraints: ["torch==2.13.0", "torchvision<0", "torchaudio<0"],
	});
	if (venv.type === "missing") return { skipped: venv.why };
	const model = join(cacheFolder(), "tiny-llava");
	const hub = join(cacheFolder(), "empty-hub");
	mkdirSync(hub, { recursive: true });
	const env = { ...process.env, HF_HUB_OFFLINE: "1", TRANSFORMERS_OFFLINE: "1", HF_HUB_DISABLE_TELEMETRY: "1", HF_HUB_CACHE: hub };
	if (!existsSync(join(model, "processor_config.json"))) {
		const built = await runTool(venv.python, [fileURLToPath(new URL("./tiny_llava.py", import.meta.url)), model], { env });
		if (built.code !== 0) throw new Error(`the tiny model cannot be built: ${built.err.slice(-2000)}`);
	}
	const port = await findFreePort();
	const logFile = join(cacheFolder(), "transformers-serve.log");
	const log = openSync(logFile, "w");
	const child = spawn(venv.program("transformers"), ["serve", model, "--host", "127.0.0.1", "--port", String(port), "--device", "cpu"], {
		env,
		stdio: ["ignore", log, log],
	});
	closeSync(log);
	const exited = once(child, "exit");
	const close = async () => {
		child.kill("SIGKILL");
		await exited;
	};
	const readLog = () => readFileSync(logFile, "utf8");
	for (const endMs = Date.now() + patienceMs; Date.now() < endMs && child.exitCode === null; await sleep(500)) {
		const isUp = await fetch(`http://127.0.0.1:${port}/health`).then(
			({ ok }) => ok,
			() => false,
		);
		if (isUp) return { baseUrl: `http://127.0.0.1:${port}/v1`, model, log: readLog, close };
	}
	await close();
	throw new Error(`transformers serve did not start:\n${readLog().slice(-2000)}`);
}

async function findFreePort(): Promise<number> {
	const server = createServer().listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, "close");
	return port;
}
