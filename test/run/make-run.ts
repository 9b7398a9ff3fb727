import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../src/config/index.js";
import { runConfig } from "../../src/run/run-config.js";

export interface MadeRun {
	/** @default the scripted one */
	readonly teacher?: string;
	/** Only the candidate with this group: no shard is made. */
	readonly only?: string;
}

/** Makes a small run of the sample in a new temporary folder. @returns the folder; the run is in its `run` */
export async function makeRun({ teacher = "{type: scripted}", only }: MadeRun = {}): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), "candor-run-"));
	const file = join(folder, "c.yaml");
	writeFileSync(file, `name: tiny\nseed: 7\nrows: 12\nout: ${join(folder, "run")}\nsource: {type: sample}\nteacher: ${teacher}\n`);
	await runConfig(loadConfig({ file, env: {}, flags: [] }), {
		...(only === undefined ? {} : { only }),
		extend: false,
		events: { progress: () => {}, warn: () => {} },
		signal: new AbortController().signal,
	});
	return folder;
}
