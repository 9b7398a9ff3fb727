import { resolve } from "node:path";
import PQueue from "p-queue";
import type { ImageRef, Rejection } from "../records/index.js";
import { decodePicture, measurePicture, type Picture } from "./decode-picture.js";
import { isInside, readSource } from "./read-source.js";
import { nameOfPicture, removeLeftovers, storePicture } from "./store-picture.js";

/** A picture in the run's folder, or why it cannot be used. */
export type Ingested = { readonly image: ImageRef } | { readonly rejection: Rejection };

export interface ImageFolders {
	/** The folders that pictures must lie in. */
	readonly roots: readonly string[];
	/** Makes the picture of a name, in place of reading a file. */
	readonly render?: (name: string) => Promise<Buffer>;
	/** The run's folder; pictures are stored in its `images`. */
	readonly runFolder: string;
}

/** Pictures of a run, each read once while it is remembered. */
export interface ImageStore {
	/** Like `ingestImage`; calls for one path at one time share the work. */
	ingest(sourcePath: string): Promise<Ingested>;
}

/** Pictures in work at once. Four threads decode them all; more would only wait in memory, each with up to 64 MiB of its own. */
const maxInWork = 8;
/** Questions about one picture come close together; a few hundred bytes each. */
const rememberedPaths = 4096;

/**
 * Reads, checks and stores one picture. An upright 8-bit sRGB or gray JPEG or PNG keeps its bytes; all else becomes a PNG.
 * @param sourcePath absolute, or relative to the first root; a name where pictures are rendered
 * @returns a rejection with one of `image-outside-folder`, `image-missing`, `image-not-a-file`, `image-empty`, `image-too-large`,
 * `image-unsupported`, `image-unreadable`, `image-too-many-pixels`, `image-animated`, `image-bad-shape`
 * @throws CandorError where a root does not exist (exit 2) or the picture cannot be stored (exit 1)
 */
export async function ingestImage(sourcePath: string, folders: ImageFolders): Promise<Ingested> {
	return readImage(sourcePath, folders, decodePicture, (picture) => storePicture(folders.runFolder, picture));
}

/** A picture as a run would name it, stored nowhere; damage behind its header is not seen. Rejections are those of {@link ingestImage}. */
export async function measureImage(sourcePath: string, folders: Omit<ImageFolders, "runFolder">): Promise<Ingested> {
	return readImage(sourcePath, folders, measurePicture, async (picture) => nameOfPicture(picture));
}

async function readImage(
	sourcePath: string,
	{ roots, render }: Omit<ImageFolders, "runFolder">,
	read: typeof decodePicture,
	keep: (picture: Picture) => Promise<ImageRef>,
): Promise<Ingested> {
	const bytes = render === undefined ? await readSource(sourcePath, rootOf(sourcePath, roots)) : await render(sourcePath);
	if ("rejection" in bytes) return bytes;
	const picture = await read(bytes, sourcePath);
	if ("rejection" in picture) return picture;
	return { image: await keep(picture) };
}

/** The root that a path lies in as it is written; whether it still does once links are followed is for `readSource` to see. */
function rootOf(path: string, roots: readonly string[]): string {
	const [first = "."] = roots;
	return roots.find((root) => isInside(root, resolve(first, path))) ?? first;
}

/** Opens the pictures of a run. What a dead run left half-written is removed at the first call. */
export function createImageStore(folders: ImageFolders): ImageStore {
	const remembered = new Map<string, Promise<Ingested>>();
	const queue = new PQueue({ concurrency: maxInWork });
	let cleaned: Promise<void> | undefined;

	const ingest = (sourcePath: string): Promise<Ingested> =>
		queue.add(async () => {
			cleaned ??= removeLeftovers(folders.runFolder);
			await cleaned;
			return ingestImage(sourcePath, folders);
		});
	return {
		ingest(sourcePath) {
			const result = remembered.get(sourcePath) ?? ingest(sourcePath);
			// A map keeps the order of insertion: the first is the one that was longest unused.
			remembered.delete(sourcePath);
			remembered.set(sourcePath, result);
			const oldest = remembered.size > rememberedPaths ? remembered.keys().next() : undefined;
			if (oldest?.done === false) remembered.delete(oldest.value);
			// A full disk may have room later: errors are not remembered.
			result.catch(() => {
				if (remembered.get(sourcePath) === result) remembered.delete(sourcePath);
			});
			return result;
		},
	};
}
