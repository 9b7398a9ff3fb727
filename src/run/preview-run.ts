import { configurationError, type Row } from "../records/index.js";

export interface PreviewOptions {
	readonly run: string;
	/** Which rows are drawn follows from it. */
	readonly seed: number;
	/** Rows in all. */
	readonly rows: number;
	/** The pipelines to draw from; absent: all of the run. */
	readonly pipelines?: readonly string[];
}

/**
 * Draws rows of a run, spread over its pipelines and cells.
 * @throws CandorError (exit 2) for a folder that is no run
 */
export async function previewRun(_options: PreviewOptions): Promise<readonly Row[]> {
	throw configurationError("not built yet");
}

/**
 * Writes drawn rows as one HTML page with their pictures.
 * @throws CandorError (exit 2) where the file cannot be written
 */
export async function writePreviewPage(_file: string, _rows: readonly Row[], _run: string): Promise<void> {
	throw configurationError("not built yet");
}
