import { sep } from "node:path";
import { randomRank } from "../../pipeline/random.js";
import type { Question } from "../../records/index.js";

/**
 * What makes two questions ask about one picture: the source's own id of it, which COCO and Visual Genome share; else its path below
 * the folder of pictures, so that it does not matter where that lies.
 */
function pictureKey({ image, imageId }: Question, roots: readonly string[]): string {
	if (imageId !== undefined) return `id:${imageId}`;
	const root = roots.find((folder) => image.startsWith(folder + sep));
	return root === undefined ? image : image.slice(root.length + 1);
}

/** Numbers pictures: equal for questions about one picture, and in random order. Questions about one picture mostly come together. */
export function createPictureNumbers(seed: number, roots: readonly string[]): (question: Question) => number {
	let last: { key: string; number: number } | undefined;
	return (question) => {
		const key = pictureKey(question, roots);
		if (last?.key !== key) last = { key, number: randomRank(seed, key, "picture") };
		return last.number;
	};
}
