import { buildSftRow, defineStage, goldCheck, type Message, reject, respond, startPipeline, z } from "candor";

const instruction = "Say the following in one sentence, in plain words, without losing the answer or the reason:";

/** Asks the teacher to put its own reply into one sentence. */
const shorten = defineStage({
	name: "shorten",
	takes: z.object({ reply: z.string() }),
	gives: z.object({ short: z.string() }),
	prompts: [],
	async run({ reply, image }, context) {
		const messages: Message[] = [
			{
				role: "user",
				content: [
					{ type: "image", image },
					{ type: "text", text: `${instruction} ${reply}` },
				],
			},
		];
		const answer = await context.ask({ messages, maxOutputTokens: 120 });
		if ("rejection" in answer) return answer;
		const short = answer.text.trim();
		if (short.length > reply.length) return reject("not-shorter", `${short.length} characters, and the reply has ${reply.length}`, { stage: "shorten" });
		return { short };
	},
});

export default startPipeline({ name: "one-sentence", kind: "sft" })
	.pipe(goldCheck)
	.pipe(respond)
	.pipe(shorten)
	.toRow((record, facts) => buildSftRow(record.short, facts));
