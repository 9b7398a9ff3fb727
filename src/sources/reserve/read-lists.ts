import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { type PerceptualHash, parseHash } from "../../images/index.js";
import { configurationError } from "../../records/index.js";
import { hashFile } from "../../shards/index.js";
import { requireFile } from "../require-path.js";

/** Text files of the user's own that name what is not used at all. Absolute paths. */
export interface ExclusionFiles {
	readonly questions?: string | undefined;
	readonly pictures?: string | undefined;
}

export interface Exclusions {
	readonly questions: ReadonlySet<string>;
	readonly pictures: readonly ListedPicture[];
}

/** A line of a list of pictures: `where` is its file and line. */
export type ListedPicture = { readonly where: string } & ({ readonly sha256: string } | { readonly hash: PerceptualHash });

const maxIdLength = 500;

/** @throws CandorError (exit 2) naming the setting where a file is missing, or the line that cannot be used */
export async function readExclusions({ questions, pictures }: ExclusionFiles): Promise<Exclusions> {
	const ids = new Set<string>();
	if (questions !== undefined) for await (const { text, where } of readLines(questions, "reserve.exclude.questions")) ids.add(checkId(text, where));
	const listed: ListedPicture[] = [];
	if (pictures !== undefined) for await (const { text, where } of readLines(pictures, "reserve.exclude.pictures")) listed.push(readPicture(text, where));
	return { questions: ids, pictures: listed };
}

/** sha256 of the lists, as part of what a run is made from. @throws CandorError (exit 2) where one is missing */
export async function digestExclusions({ questions, pictures }: ExclusionFiles): Promise<Record<string, string>> {
	const digests: Record<string, string> = {};
	for (const [path, setting] of [
		[questions, "questions"],
		[pictures, "pictures"],
	] as const) {
		if (path === undefined) continue;
		await requireFile(path, `reserve.exclude.${setting}`);
		digests[`reserve.exclude.${setting}: ${basename(path)}`] = await hashFile(path);
	}
	return digests;
}

/** The lines that say something, without the space around them. */
async function* readLines(path: string, setting: string): AsyncGenerator<{ text: string; where: string }> {
	await requireFile(path, setting);
	let line = 0;
	for await (const raw of createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Number.POSITIVE_INFINITY })) {
		line++;
		const text = raw.replace(/^\ufeff/, "").trim();
		if (text !== "" && !text.startsWith("#")) yield { text, where: `${path}:${line}` };
	}
}

function checkId(text: string, where: string): string {
	// What JSON.stringify has to escape is in no id that a person wrote; such a list is another kind of file.
	if (text.length <= maxIdLength && !/[\p{Cc}\ufffd]/u.test(text)) return text;
	throw configurationError(
		`${where}: ${JSON.stringify(text.slice(0, 80))} is not a question's id`,
		"give a text file with one id a line, as they stand in the source",
	);
}

function readPicture(text: string, where: string): ListedPicture {
	const hex = text.toLowerCase();
	if (/^[0-9a-f]{64}$/.test(hex)) return { where, sha256: hex };
	if (/^[0-9a-f]{16}$/.test(hex)) return { where, hash: parseHash(hex) };
	throw configurationError(
		`${where}: ${JSON.stringify(text.slice(0, 80))} is neither a sha256 (64 hex digits) nor a perceptual hash (16 hex digits)`,
		"give one of them a line, and nothing after it",
	);
}
