import { rmSync } from "node:fs";
import { join } from "node:path";
import { createHandlers } from "../src/cli/handlers.js";
import { createProgram } from "../src/cli/program.js";
import { packageFolder } from "../src/pipeline/package-folder.js";
import { type Comparison, compare } from "./measure.js";

const rows = 300;
const turns = 3;

/** Making rows anew from the ledger alone, against making them with the scripted teacher in a fresh folder. */
export function compareReplay(pipeline: string, scratch: string): Promise<Comparison> {
	const folderOf = (turn: number) => join(scratch, `${pipeline}-${turn}`);
	return compare(
		`\`${pipeline}\` rows, ${rows} of the sample`,
		turns,
		{
			name: "replayed from the ledger",
			async run(turn) {
				// The fresh run of this turn comes after: the one that is replayed is made here, at the first turn only.
				const kept = join(scratch, `${pipeline}-kept`);
				if (turn === 0) await makeRows(pipeline, kept);
				for (const made of [pipeline, "images"]) rmSync(join(kept, made), { recursive: true, force: true });
				await makeRows(pipeline, kept);
			},
		},
		{ name: "scripted teacher, fresh folder", run: (turn) => makeRows(pipeline, folderOf(turn)) },
		(milliseconds) => `${Math.round(rows / (milliseconds / 1000))} rows/s`,
	);
}

async function makeRows(pipeline: string, out: string): Promise<void> {
	let told = "";
	const write = (text: string) => {
		told += text;
	};
	const terminal = { out: write, err: write, env: {}, outIsTty: false, errIsTty: false, columns: () => 80 };
	const config = join(packageFolder(), "configs", "quickstart.yaml");
	const flags = ["--pipeline", pipeline, "--rows", String(rows), "--out", out, "--no-progress"];
	const code = await createProgram(createHandlers(terminal), terminal).parse(["run", config, ...flags]);
	if (code !== 0) throw new Error(`the run of ${pipeline} ended with ${code}: ${told}`);
}
