import { stat } from "node:fs/promises";
import { configurationError, messageOf } from "../records/index.js";

const pathHint = "paths in a config are relative to the config file";

/**
 * @param remedy what to do about it, where there is more to say than how paths are read
 * @throws CandorError (exit 2) naming the setting, where the path is not a file
 */
export function requireFile(path: string, setting: string, remedy?: string): Promise<void> {
	return check(path, setting, "file", remedy);
}

/**
 * @param remedy what to do about it, where there is more to say than how paths are read
 * @throws CandorError (exit 2) naming the setting, where the path is not a folder
 */
export function requireFolder(path: string, setting: string, remedy?: string): Promise<void> {
	return check(path, setting, "folder", remedy);
}

async function check(path: string, setting: string, wanted: "file" | "folder", remedy = pathHint): Promise<void> {
	let found: Awaited<ReturnType<typeof stat>>;
	try {
		found = await stat(path);
	} catch (error) {
		throw configurationError(`${setting}: ${path} cannot be read: ${messageOf(error)}`, remedy, error);
	}
	if (wanted === "file" ? !found.isFile() : !found.isDirectory()) {
		throw configurationError(`${setting}: ${path} is ${found.isDirectory() ? "a folder" : "no folder"}, and a ${wanted} is wanted`, remedy);
	}
}
