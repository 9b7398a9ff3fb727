import { type ExitCode, exitCodes } from "../../records/errors.js";
import { previewRun, writePreviewPage } from "../../run/preview-run.js";
import type { PreviewArguments } from "../handlers.js";
import { formatRow } from "../render/row.js";
import { type Terminal, wantsColor } from "../terminal.js";

export async function handlePreview(given: PreviewArguments, terminal: Terminal): Promise<ExitCode> {
	const { run, seed, rows: wanted, pipelines } = given;
	const rows = await previewRun({ run, seed, rows: wanted, ...(pipelines.length === 0 ? {} : { pipelines }) });
	if (given.html !== undefined) {
		await writePreviewPage(given.html, rows, run);
		terminal.err(`${rows.length} rows written to ${given.html}\n`);
	} else if (given.json) {
		terminal.out(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
	} else {
		const color = wantsColor(terminal.env, terminal.outIsTty);
		terminal.out(rows.map((row) => formatRow(row, { color })).join("\n"));
	}
	return exitCodes.ok;
}
