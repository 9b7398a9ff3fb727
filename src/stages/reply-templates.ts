import { join } from "node:path";
import { loadReplyTemplates, type ReplyTemplates } from "../candidates/wordings.js";
import { packageFolder } from "../pipeline/package-folder.js";
import type { Timing } from "../records/index.js";

let loaded: ReplyTemplates | undefined;

/** A manner of replying, with its text for each stance that its timing has. */
export type ReplyTemplate = { readonly id: string; readonly family: "train" | "held-out" } & Partial<Record<string, string>>;

/** The templates of pairs that are made without a teacher. After the second round replies are as they are in it. */
export function replyTemplatesFor(timing: Timing): readonly ReplyTemplate[] {
	loaded ??= loadReplyTemplates(join(packageFolder(), "prompts"));
	return loaded[timing === "one-round" ? "one-round" : "two-round"];
}
