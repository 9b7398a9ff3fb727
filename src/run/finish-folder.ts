import { join } from "node:path";
import type { ResolvedConfig } from "../config/index.js";
import { writeChecksums, writeFileAtomic } from "../shards/index.js";
import { writeCard } from "./dataset-card.js";
import type { RunSummary } from "./summary.js";

/** Writes what stands beside the shards once all of them are there: funnel, card and checksums. */
export async function finishFolder(
	summary: RunSummary,
	resolved: ResolvedConfig,
	teachers: readonly string[],
	reservedFiles: readonly string[],
): Promise<void> {
	const { runFolder, source, reserved, firstAnswers, pipelines } = summary;
	await writeFileAtomic(join(runFolder, "funnel.json"), `${JSON.stringify({ source, reserved, firstAnswers, pipelines }, null, "\t")}\n`);
	await writeFileAtomic(join(runFolder, "README.md"), writeCard(resolved.config, summary, teachers));
	const shards = pipelines.flatMap(({ shards: list, manifest }) => [...list.map(({ file }) => file), manifest]);
	await writeChecksums(runFolder, ["run.json", "README.md", ...reservedFiles, ...shards]);
}
