import { createHash } from "node:crypto";
import { configurationError } from "../../records/index.js";
import type { Source } from "../source.js";
import { describeScene } from "./describe-scene.js";
import { drawScene } from "./draw/draw-scene.js";
import { type Degradation, degrade } from "./picture/degrade.js";
import { encodePng } from "./picture/encode-png.js";
import { rasterize } from "./picture/rasterize.js";
import { writeQuestions } from "./questions/write-questions.js";
import { loadSceneWords } from "./words.js";
import { composeScene } from "./world/compose-scene.js";
import { frame } from "./world/scene.js";

export interface ScenesOptions {
	readonly pictures: number;
	readonly seed: number;
	/** Exponent of Zipf's law; 0: answers are equally frequent. */
	readonly skew: number;
	/** The longer side. @unit pixels */
	readonly resolution: number;
	readonly degradation: Degradation;
}

/** A source that can also tell its pictures in words. */
export interface ScenesSource extends Source {
	renderImage(image: string): Promise<Buffer>;
	describe(image: string): string;
	/** The names of all pictures, in order. */
	names(): Iterable<string>;
}

/** Raised whenever the same settings give other pictures or questions than before. */
const rendererVersion = 1;

/** Pictures rendered from a seed, with exact ground truth. Nothing is kept: each is made anew from its number. */
export function openScenes(options: ScenesOptions): ScenesSource {
	const { pictures, seed, skew, resolution, degradation } = options;
	const words = loadSceneWords();
	const nameOf = (index: number): string => `scene-${seed}-${String(index).padStart(6, "0")}.png`;
	const sceneOf = (image: string) => composeScene(seed, indexOf(image, options), skew);
	return {
		imageRoots: [],
		async *read() {
			for (let index = 0; index < pictures; index++) {
				const image = nameOf(index);
				yield* writeQuestions(composeScene(seed, index, skew), seed, image, words);
			}
		},
		async renderImage(image) {
			const scene = sceneOf(image);
			const pixels = await rasterize(drawScene(scene), Math.round((resolution * frame.width) / Math.max(frame.width, frame.height)));
			return encodePng(await degrade(pixels, degradation, image));
		},
		describe: (image) => describeScene(sceneOf(image), words),
		*names() {
			for (let index = 0; index < pictures; index++) yield nameOf(index);
		},
		digests: async () => ({
			scenes: createHash("sha256")
				.update(JSON.stringify({ rendererVersion, pictures, seed, skew, resolution, degradation, words: words.hash }))
				.digest("hex"),
		}),
	};
}

function indexOf(image: string, { seed, pictures }: ScenesOptions): number {
	const [, ofSeed, digits] = /^scene-(\d+)-(\d{6,})\.png$/.exec(image) ?? [];
	const index = Number(digits);
	if (Number(ofSeed) !== seed || !(index < pictures)) {
		throw configurationError(`"${image}" is no picture of seed ${seed} with ${pictures} pictures`, "give the settings that the name was made with");
	}
	return index;
}
