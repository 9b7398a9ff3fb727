import { constants } from "node:fs";
import { copyFile, link, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CandorError, configurationError, exitCodes, type ImageRef, messageOf } from "../records/index.js";
import { systemCode } from "../shards/write-error.js";

/** Brings pictures of one run's folder into another. */
export interface PictureLinker {
	/** @throws CandorError: exit 2 where the picture is missing, 1 where it cannot be written */
	take(image: ImageRef): Promise<void>;
	/** Pictures brought so far. */
	count(): number;
}

/** A picture is never changed once it is there, so both folders may share it; where file systems differ it is copied. */
export function createPictureLinker(from: string, to: string): PictureLinker {
	const folders = new Set<string>();
	let count = 0;
	return {
		count: () => count,
		async take({ path }) {
			const [source, target] = [join(from, path), join(to, path)];
			try {
				const folder = dirname(target);
				if (!folders.has(folder)) await mkdir(folder, { recursive: true });
				folders.add(folder);
				await link(source, target).catch((error: unknown) => {
					if (systemCode(error) === "EEXIST" || systemCode(error) === "ENOENT") throw error;
					return copyFile(source, target, constants.COPYFILE_EXCL);
				});
				count++;
			} catch (error) {
				switch (systemCode(error)) {
					case "EEXIST":
						return;
					case "ENOENT":
						throw configurationError(`${source} is missing, and a row shows it`, `candor validate ${from} says all that is wrong`, error);
					default:
						throw new CandorError(`cannot write ${target}: ${messageOf(error)}`, {
							exitCode: exitCodes.unexpected,
							remedy: "Make room on the disk and the folder writable, then give the same command again.",
							cause: error,
						});
				}
			}
		},
	};
}
