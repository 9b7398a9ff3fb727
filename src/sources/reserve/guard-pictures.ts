import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { hashPicture, type Ingested, type PerceptualHash } from "../../images/index.js";
import { type ImageRef, type Rejection, reject } from "../../records/index.js";
import type { PictureIndex, PictureMatch } from "./picture-index.js";

/** What is wrong with training on a stored picture; nothing where it may be used. */
export type PictureGuard = (image: ImageRef, runFolder: string) => Promise<Rejection | undefined>;

/** Questions about one picture come close together, and pipelines ask for the same ones. @unit pictures */
const rememberedPictures = 4096;

/** A stored picture's perceptual hash. */
export async function hashStored(image: ImageRef, runFolder: string): Promise<PerceptualHash> {
	return hashPicture(await readFile(join(runFolder, image.path)));
}

/**
 * Keeps reserved and excluded pictures out of training, and their near-duplicates. Each picture is hashed once while it is
 * remembered.
 */
export function createPictureGuard(reserved: PictureIndex, excluded: PictureIndex, looksMatter: boolean): PictureGuard {
	const remembered = new Map<string, Promise<Rejection | undefined>>();
	const judge = async (image: ImageRef, runFolder: string): Promise<Rejection | undefined> => {
		const hash = looksMatter ? await hashStored(image, runFolder) : undefined;
		const isReserved = reserved.find(image.sha256, hash);
		if (isReserved !== undefined) return reject("picture-reserved", describeMatch(image, isReserved)).rejection;
		const isExcluded = excluded.find(image.sha256, hash);
		return isExcluded === undefined ? undefined : reject("picture-excluded", describeMatch(image, isExcluded)).rejection;
	};
	return (image, runFolder) => {
		const result = remembered.get(image.sha256) ?? judge(image, runFolder);
		remembered.delete(image.sha256);
		remembered.set(image.sha256, result);
		const oldest = remembered.size > rememberedPictures ? remembered.keys().next() : undefined;
		if (oldest?.done === false) remembered.delete(oldest.value);
		result.catch(() => remembered.delete(image.sha256));
		return result;
	};
}

/** What a picture is after it was judged: itself, or the reason why it may not be trained on. */
export async function judgePicture(ingested: Ingested, runFolder: string, guard: PictureGuard): Promise<Ingested> {
	const rejection = "rejection" in ingested ? undefined : await guard(ingested.image, runFolder);
	return rejection === undefined ? ingested : { rejection };
}

function describeMatch(image: ImageRef, { name, distance }: PictureMatch): string {
	return distance === undefined ? `${image.path} has the bytes of ${name}` : `${image.path} looks like ${name}: ${distance} of 64 bits differ`;
}
