import { type Check, ok, warn } from "./check.js";

/** Some 1,300 tokens: providers cache nothing shorter than 1,024. */
const shelves = Array.from({ length: 70 }, (_, index) => String(index + 1));

/** Whether what two requests have in common is read once. Dialogues about one picture have most of it in common. */
export const checkPrefixCache: Check = {
	name: "prefix cache",
	async examine(exam) {
		const ask = (question: string) => exam.ask(exam.text("prefix", { numbers: shelves, question }), { maxTokens: 16 });
		await ask("1");
		const answer = await ask("2");
		if (!answer.ok) return warn(`a request of some 1,300 tokens gets no reply: ${answer.detail}`, "See how much context the server gives a request.");
		const { cachedTokens, inputTokens } = answer.reply.usage ?? {};
		if (cachedTokens === undefined) return ok("the server does not tell (vLLM does with --enable-prompt-tokens-details)");
		if (cachedTokens === 0) return ok("not used: none of the tokens of an earlier request was read from it");
		return ok(`${cachedTokens} of ${inputTokens} tokens were read from it`);
	},
};
