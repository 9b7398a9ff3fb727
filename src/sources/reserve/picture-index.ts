import { compareHashes, type PerceptualHash } from "../../images/index.js";

/** A picture to recognise: by its bytes, by how it looks, or by both. */
export interface KnownPicture {
	/** What messages call it. */
	readonly name: string;
	readonly sha256?: string;
	/** Four words, or two where only frequencies are known. */
	readonly hash?: PerceptualHash;
}

export interface PictureMatch {
	readonly name: string;
	/** Bits in which the perceptual hashes differ; absent: the same bytes. */
	readonly distance?: number;
}

export interface PictureIndex {
	find(sha256: string, hash: PerceptualHash | undefined): PictureMatch | undefined;
}

/**
 * Gradients may differ in half as many bits again as frequencies: on the sample's photographs, with copies compressed, scaled,
 * brighter or cropped by 3 %, the largest distances were 11 and 10, and those of different photographs 16 and 18 at least.
 */
const gradientFactor = 1.5;

/**
 * Pictures to recognise, the nearest first. Compares with all of them: 0.1 ms for 6,000, a twentieth of what hashing a picture takes.
 * @param maxDistance bits; undefined: only the same bytes count
 */
export function indexPictures(pictures: readonly KnownPicture[], maxDistance: number | undefined): PictureIndex {
	const bySha256 = new Map(pictures.flatMap(({ name, sha256 }) => (sha256 === undefined ? [] : [[sha256, name] as const])));
	return {
		find(sha256, hash) {
			const same = bySha256.get(sha256);
			if (same !== undefined) return { name: same };
			if (hash === undefined || maxDistance === undefined) return undefined;
			let nearest: PictureMatch & { distance: number } = { name: "", distance: maxDistance + 1 };
			for (const { name, hash: known } of pictures) {
				if (known === undefined) continue;
				const { frequencies, gradients } = compareHashes(known, hash);
				if (frequencies >= nearest.distance || (known.length === hash.length && gradients > gradientFactor * maxDistance)) continue;
				nearest = { name, distance: frequencies };
			}
			return nearest.distance > maxDistance ? undefined : nearest;
		},
	};
}
