import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CandorError, exitCodes, type ImageRef, messageOf } from "../records/index.js";
import type { Picture } from "./decode-picture.js";

const temporarySuffix = ".tmp";

/** Where a picture with this content belongs, relative to the run's folder. */
export function picturePath(sha256: string, extension: "jpg" | "png"): string {
	return `images/${sha256.slice(0, 2)}/${sha256}.${extension}`;
}

async function holds(path: string, bytes: Buffer): Promise<boolean> {
	try {
		return bytes.equals(await readFile(path));
	} catch {
		return false;
	}
}

/** Writes under a name of its own and then renames: however many store the same picture at once, each puts a whole file there. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
	const temporary = `${path}.${randomUUID()}${temporarySuffix}`;
	try {
		await mkdir(dirname(path), { recursive: true });
		const handle = await open(temporary, "w");
		try {
			await handle.writeFile(bytes);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await rename(temporary, path);
	} catch (error) {
		// What went wrong first is what is told, also where cleaning up goes wrong too.
		await rm(temporary, { force: true }).catch(() => undefined);
		throw new CandorError(`cannot write ${path}: ${messageOf(error)}`, {
			exitCode: exitCodes.unexpected,
			remedy: "Make room on the disk and the folder writable, then run the same command again: finished work is kept.",
			cause: error,
		});
	}
}

/**
 * Stores a picture by its content; one that is there already is left alone.
 * @throws CandorError (exit 1) naming the file, where it cannot be written
 */
export async function storePicture(runFolder: string, picture: Picture): Promise<ImageRef> {
	const image = nameOfPicture(picture);
	const file = join(runFolder, image.path);
	if (!(await holds(file, picture.bytes))) await writeWhole(file, picture.bytes);
	return image;
}

/** A picture as rows and requests name it. */
export function nameOfPicture({ bytes, extension, width, height }: Picture): ImageRef {
	const sha256 = createHash("sha256").update(bytes).digest("hex");
	return { path: picturePath(sha256, extension), sha256, width, height };
}

/** Removes the half-written files that a dead run left. Not while another process stores pictures in this folder. */
export async function removeLeftovers(runFolder: string): Promise<void> {
	const images = join(runFolder, "images");
	const files = await readdir(images, { recursive: true }).catch(() => []);
	for (const file of files) if (file.endsWith(temporarySuffix)) await rm(join(images, file), { force: true });
}
