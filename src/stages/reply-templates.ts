import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { packageFolder } from "../pipeline/package-folder.js";
import { configurationError, familySchema, messageOf, type Timing } from "../records/index.js";

const text = z.string().min(1);
const twoRoundSchema = z.strictObject({ id: text, family: familySchema, keep: text, yield: text, switch: text });
const oneRoundSchema = z.strictObject({ id: text, family: familySchema, agree: text, differ: text });
const repliesSchema = z.strictObject({ version: z.int(), "two-round": z.array(twoRoundSchema), "one-round": z.array(oneRoundSchema) });

type ReplyTemplates = z.infer<typeof repliesSchema>;

let loaded: ReplyTemplates | undefined;

/** The templates of pairs that are made without a teacher: one manner a set, and a text for each stance. */
function loadReplyTemplates(): ReplyTemplates {
	if (loaded !== undefined) return loaded;
	const path = join(packageFolder(), "prompts", "replies.yaml");
	try {
		loaded = repliesSchema.parse(parse(readFileSync(path, "utf8")));
		return loaded;
	} catch (error) {
		const detail = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
		throw configurationError(`${path}: cannot be used: ${detail}`, "restore the file, or fix the field it names", error);
	}
}

/** A manner of replying, with its text for each stance that its timing has. */
export type ReplyTemplate = { readonly id: string; readonly family: "train" | "held-out" } & Partial<Record<string, string>>;

/** The templates for a timing. After the second round replies are as they are in it. */
export function replyTemplatesFor(timing: Timing): readonly ReplyTemplate[] {
	return loadReplyTemplates()[timing === "one-round" ? "one-round" : "two-round"];
}
