import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { CandorError, configurationError, exitCodes, messageOf, type Rejection, reject } from "../records/index.js";

const maxMebibytes = 64;

function codeOf(thrown: unknown): string | undefined {
	return thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : undefined;
}

export function isInside(folder: string, path: string): boolean {
	const way = relative(folder, path);
	return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function resolveRoot(root: string): Promise<string> {
	try {
		return await realpath(root);
	} catch (error) {
		throw configurationError(
			`the folder of pictures cannot be used: ${root}: ${messageOf(error)}`,
			"Name the folder that picture paths are relative to.",
			error,
		);
	}
}

function unusable(path: string, thrown: unknown): { rejection: Rejection } {
	switch (codeOf(thrown)) {
		case "ENOENT":
		case "ENOTDIR":
		case "ENAMETOOLONG":
		case "ELOOP":
		case "ERR_INVALID_ARG_VALUE":
			return reject("image-missing", `${path} does not exist`);
		case "ENXIO":
			return reject("image-not-a-file", `${path} is not a regular file`);
		case "EMFILE":
		case "ENFILE":
		case "ENOMEM":
			// The machine is short of something: the picture is not to blame, and must not be rejected for it.
			throw new CandorError(`cannot read ${path}: ${messageOf(thrown)}`, {
				exitCode: exitCodes.unexpected,
				remedy: "Raise the limit of open files (ulimit -n) or free memory, then run the same command again.",
				cause: thrown,
			});
		default:
			return reject("image-unreadable", `${path} cannot be read: ${messageOf(thrown)}`);
	}
}

async function readWhole(handle: FileHandle, size: number, path: string): Promise<Buffer | { rejection: Rejection }> {
	if (size === 0) return reject("image-empty", `${path} holds no bytes`);
	if (size > maxMebibytes * 1024 * 1024) return reject("image-too-large", `${path} has ${size} bytes; at most ${maxMebibytes} MiB are read`);
	return await handle.readFile();
}

/**
 * The bytes of a picture's file. It must lie inside `root` once links are followed: a list of questions from elsewhere must not
 * be able to copy this machine's other files into a dataset.
 * @throws CandorError where `root` itself does not exist (exit 2) or the machine has no file handle left (exit 1)
 */
export async function readSource(sourcePath: string, root: string): Promise<Buffer | { rejection: Rejection }> {
	const realRoot = await resolveRoot(root);
	const path = resolve(root, sourcePath);
	const outside = () => reject("image-outside-folder", `${sourcePath} lies outside ${root}`);
	let handle: FileHandle | undefined;
	try {
		const realPath = await realpath(path);
		if (!isInside(realRoot, realPath)) return outside();
		// A pipe without a writer would keep a blocking open waiting for ever.
		handle = await open(realPath, constants.O_RDONLY | constants.O_NONBLOCK);
		const stats = await handle.stat();
		if (!stats.isFile()) return reject("image-not-a-file", `${sourcePath} is not a regular file`);
		return await readWhole(handle, stats.size, sourcePath);
	} catch (error) {
		if (!isInside(resolve(root), path) && !isInside(realRoot, path)) return outside();
		return unusable(sourcePath, error);
	} finally {
		await handle?.close();
	}
}
