import { hash } from "node:crypto";

/** One more than the largest number of a picture. */
const pictureCount = 2 ** 31;

/** A number for a picture, the same in every pipeline: what is asked about one picture is asked together, which prefix caches reward. */
export function numberPicture(image: string): number {
	return hash("sha256", image, "buffer").readUInt32LE(0) >>> 1;
}

/**
 * How urgent a request is: above all how far its record has come, then the number of its picture, so that pipelines made side by
 * side ask about the same pictures. Another try of a request adds half, which the number never reaches.
 */
export function priorityOf(position: number, image: string): number {
	return position + 0.4 * (1 - numberPicture(image) / pictureCount);
}
