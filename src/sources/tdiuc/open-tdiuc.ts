import type { Source } from "../source.js";

export interface TdiucOptions {
	/** The unpacked TDIUC folder. */
	readonly path: string;
	/** Folders with pictures. */
	readonly imageFolders: readonly string[];
	readonly name: string;
	readonly splits: readonly ("train" | "val")[];
	/** Question types, as TDIUC names them. */
	readonly leaveOut: readonly string[];
	readonly minAnswerCount: number;
	/** Visual Genome's image_data.json. */
	readonly visualGenome?: string | undefined;
}

/** The published TDIUC files as a source. */
export function openTdiuc(options: TdiucOptions): Source {
	throw new Error(`the source ${options.name} is being built`);
}
