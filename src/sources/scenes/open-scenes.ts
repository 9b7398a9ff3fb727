import type { Source } from "../source.js";

export interface ScenesOptions {
	readonly pictures: number;
	readonly seed: number;
	/** Exponent of Zipf's law; 0: answers are equally frequent. */
	readonly skew: number;
	/** The longer side. @unit pixels */
	readonly resolution: number;
	readonly degradation: "none" | "blur" | "noise" | "jpeg" | "dark" | "low-contrast";
}

/** Pictures rendered from a seed, with exact ground truth. */
export function openScenes(options: ScenesOptions): Source {
	throw new Error(`scenes of seed ${options.seed} are being built`);
}
