import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { systemCode } from "./write-error.js";

/** A folder with those above it. Node's own recursive mkdir never returns where a file system has no folders to make, as under /proc. */
export async function makeFolders(folder: string): Promise<void> {
	const attempt = () => mkdir(folder).catch((error: unknown) => error);
	let failure = await attempt();
	if (systemCode(failure) === "ENOENT" && dirname(folder) !== folder) {
		await makeFolders(dirname(folder));
		failure = await attempt();
	}
	if (failure !== undefined && !(systemCode(failure) === "EEXIST" && (await stat(folder)).isDirectory())) throw failure;
}
