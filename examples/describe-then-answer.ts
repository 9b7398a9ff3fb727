import { buildSftRow, defineStage, goldCheck, respond, startPipeline, textualize, z } from "candor";

/** Joins the description and the reply: a model that looks before it answers, without weighing the user's message in words. */
const join = defineStage({
	name: "join",
	takes: z.object({ textualization: z.string(), reply: z.string() }),
	gives: z.object({ joined: z.string() }),
	prompts: [],
	run: async ({ textualization, reply }) => ({ joined: `${textualization}\n\n${reply}` }),
});

export default startPipeline({ name: "describe-then-answer", kind: "sft" })
	.pipe(goldCheck)
	.pipe(textualize)
	.pipe(respond)
	.pipe(join)
	.toRow((record, facts) => buildSftRow(record.joined, facts));
