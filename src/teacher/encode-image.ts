import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { configurationError, type ImageRef, messageOf } from "../records/index.js";

/** Gives a picture as the bytes of a data URL, which are plain ASCII and stand in JSON as they are. */
export type ImageReader = (image: ImageRef) => Promise<Buffer>;

/**
 * Reads the run's own picture files, each once for as long as it stays among the `maxBytes` used last, also where several
 * ask for it at a time. What is measured is the data URL, a third larger than its file. Bytes rather than a string: these go to
 * the socket as they are, and lie outside the heap.
 * @param onRead is told of each file that is read.
 * @throws CandorError (exit 2) where a file cannot be read.
 */
export function createImageEncoder(runFolder: string, maxBytes: number, onRead?: (image: ImageRef) => void): ImageReader {
	const inFlight = new Map<string, Promise<Buffer>>();
	/** In the order of use, the latest last. */
	const kept = new Map<string, Buffer>();
	let keptBytes = 0;

	async function encode(image: ImageRef): Promise<Buffer> {
		onRead?.(image);
		const bytes = await readFile(join(runFolder, image.path)).catch((error: unknown) => {
			throw configurationError(
				`The picture ${join(runFolder, image.path)} cannot be read: ${messageOf(error)}`,
				"Run the same command again: pictures that are missing are made anew.",
				error,
			);
		});
		return toDataUrl(bytes, image.path.endsWith(".png") ? "image/png" : "image/jpeg");
	}

	function keep(path: string, url: Buffer): void {
		kept.set(path, url);
		keptBytes += url.length;
		for (const [oldest, oldUrl] of kept) {
			if (keptBytes <= maxBytes) break;
			kept.delete(oldest);
			keptBytes -= oldUrl.length;
		}
	}

	return (image) => {
		const known = kept.get(image.path);
		if (known !== undefined) {
			kept.delete(image.path);
			kept.set(image.path, known);
			return Promise.resolve(known);
		}
		const running = inFlight.get(image.path);
		if (running !== undefined) return running;
		const url = encode(image)
			.then((encoded) => {
				keep(image.path, encoded);
				return encoded;
			})
			.finally(() => inFlight.delete(image.path));
		inFlight.set(image.path, url);
		return url;
	};
}

function toDataUrl(bytes: Buffer, mediaType: string): Buffer {
	return Buffer.from(`data:${mediaType};base64,${bytes.toString("base64")}`, "latin1");
}
