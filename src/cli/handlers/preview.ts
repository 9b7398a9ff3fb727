import { join } from "node:path";
import { type ExitCode, exitCodes } from "../../records/errors.js";
import { previewRun, writePreviewPage } from "../../run/preview-run.js";
import type { PreviewArguments } from "../handlers.js";
import { formatRow } from "../render/row.js";
import { type Terminal, wantsColor } from "../terminal.js";

/** Prints drawn rows, and writes them as a page with their pictures: into the run's folder, or where `html` says. */
export async function handlePreview(given: PreviewArguments, terminal: Terminal): Promise<ExitCode> {
	const { run, seed, rows: wanted, pipelines } = given;
	const rows = await previewRun({ run, seed, rows: wanted, ...(pipelines.length === 0 ? {} : { pipelines }) });
	if (given.json) {
		terminal.out(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
		return exitCodes.ok;
	}
	if (given.html === undefined) {
		const color = wantsColor(terminal.env, terminal.outIsTty);
		terminal.out(rows.map((row) => formatRow(row, { color })).join("\n"));
	}
	const page = given.html ?? join(run, "preview.html");
	await writePreviewPage(page, rows, run);
	terminal.err(`${rows.length} rows with their pictures written to ${page}\n`);
	return exitCodes.ok;
}
