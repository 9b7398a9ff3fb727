import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../src/config/index.js";
import { runConfig } from "../../src/run/run-config.js";

/** Makes a small run of the sample in a new temporary folder. @returns the folder; the run is in its `run` */
export async function makeRun(settings = ""): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), "candor-run-"));
	const file = join(folder, "c.yaml");
	writeFileSync(file, `name: tiny\nseed: 7\nrows: 12\nout: ${join(folder, "run")}\nsource: {type: sample}\nteacher: {type: scripted}\n${settings}`);
	const resolved = loadConfig({ file, env: {}, flags: [] });
	await runConfig(resolved, { extend: false, events: { progress: () => {}, warn: () => {} }, signal: new AbortController().signal });
	return folder;
}
