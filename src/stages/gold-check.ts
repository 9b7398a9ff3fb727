import { z } from "zod";
import { defineStage } from "../pipeline/stage.js";
import { isRejection, reject } from "../records/index.js";
import { askJson, openConversation, readOption } from "./converse.js";

const replySchema = z.object({ right: z.array(z.string()) });

/**
 * Asks a real teacher the bare question, told nothing: every option that is right, in canonical order. Where it disagrees with the
 * gold the question is given up as `gold-contested`, rather than argued into a row.
 */
export const goldCheck = defineStage({
	name: "gold-check",
	takes: z.object({}),
	gives: z.object({ goldCheck: z.enum(["passed", "off"]) }),
	prompts: ["common", "gold-check"],
	async run({ candidate, image }, context) {
		if (context.settings.goldCheck === "off" || context.settings.scripted) return { goldCheck: "off" as const };
		const options = [...candidate.options].sort();
		const text = context.prompt("gold-check").render("ask", {
			question: candidate.question.text,
			options: options.map((option, index) => `(${"ABCD"[index]}) ${option}`).join("\n"),
		});
		const reply = await askJson(context, "gold-check", openConversation(context, image, text), replySchema);
		if (isRejection(reply)) return reply;
		const right = reply.value.right.map((name) => readOption(name, options, "ABCD"));
		if (right.includes(undefined)) {
			return reject("reply-wrong-schema", `gold check: "${reply.value.right.join(", ")}" names something that is no option`, {
				stage: "gold-check",
				reply: reply.text,
			});
		}
		const named = [...new Set(right)];
		if (named.length === 1 && named[0] === candidate.question.answer) return { goldCheck: "passed" as const };
		return reject(
			"gold-contested",
			`asked blind, the teacher names ${named.length === 0 ? "no option" : named.map((name) => `"${name}"`).join(" and ")}; the gold is "${candidate.question.answer}"`,
			{ reply: reply.text },
		);
	},
});
