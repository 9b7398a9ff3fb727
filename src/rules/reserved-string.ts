import { allTexts } from "./row-texts.js";
import { defineRule, fault } from "./rule.js";

/**
 * Strings that a trainer or chat template takes for its own: LLaVA, Qwen-VL, InternVL, ms-swift, LLaMA-Factory, Gemma and
 * Llama templates. In a text they become image slots, cut a turn in two or vanish.
 */
const reserved: readonly RegExp[] = [
	/<\/?(?:image|video|audio)(?:[ _-]?\w*)?\/?>/i,
	/<\|[^|<>]{1,40}\|>/,
	/<\/?(?:s|unk|pad|bos|eos|mask)>/i,
	/<\/?(?:im_start|im_end|im_patch|im_newline)>/i,
	/<\/?img>|<\/?IMG_CONTEXT>|<\/?(?:ref|box|quad|bbox|ref-object|cot-process|start-image|point|region)>/i,
	/<\/?(?:think|thinking|reasoning|answer|tool_call|tool_response)>/i,
	/<(?:start|end)_of_(?:turn|image|text)>/i,
	/\[\/?INST\]|<<\/?SYS>>|\[IMG(?:_BREAK|_END)?\]/,
	/(?:^|\s)(?:ASSISTANT|USER|SYSTEM|Human|Assistant): /,
	/QA_GT_caption_based_noisy/,
];

/** Ours: they stand in the last turn of an `srt` row, around its parts, and nowhere else. */
const ownTags = /<\/?(?:textualization|reflection|conclusion)>/i;

/** Qwen's trainer looks for the bare token `assistant`, which the word is when no space stands before it. */
const bareAssistant = /(?:^|[\n("'])assistant\b/;

export const reservedString = defineRule({
	reason: "reserved-string",
	kinds: ["srt", "sft", "dpo"],
	check(row) {
		for (const text of allTexts(row)) {
			const patterns = [...reserved, ownTags, ...(text.name.endsWith("(user)") ? [bareAssistant] : [])];
			const match = patterns.map((pattern) => pattern.exec(text.text)).find((found) => found !== null);
			if (match !== undefined) return fault(`${text.name} holds ${JSON.stringify(match[0].trim())}, which a trainer would take for its own.`, text);
		}
		return undefined;
	},
});
