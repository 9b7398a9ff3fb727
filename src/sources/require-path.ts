import { stat } from "node:fs/promises";
import { configurationError, messageOf } from "../records/index.js";

/** @throws CandorError (exit 2) naming the setting, where the path is not a file */
export function requireFile(path: string, setting: string): Promise<void> {
	return check(path, setting, "file");
}

/** @throws CandorError (exit 2) naming the setting, where the path is not a folder */
export function requireFolder(path: string, setting: string): Promise<void> {
	return check(path, setting, "folder");
}

async function check(path: string, setting: string, wanted: "file" | "folder"): Promise<void> {
	let found: Awaited<ReturnType<typeof stat>>;
	try {
		found = await stat(path);
	} catch (error) {
		throw configurationError(`${setting}: ${path} cannot be read: ${messageOf(error)}`, "paths in a config are relative to the config file", error);
	}
	if (wanted === "file" ? !found.isFile() : !found.isDirectory()) {
		throw configurationError(
			`${setting}: ${path} is ${found.isDirectory() ? "a folder" : "no folder"}, and a ${wanted} is wanted`,
			"paths in a config are relative to the config file",
		);
	}
}
