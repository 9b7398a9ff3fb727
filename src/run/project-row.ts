import type { SftRow, SrtRow } from "../records/index.js";

/** What a pipeline's folder is called once its rows have no traces. */
export function nameWithoutTrace(pipeline: string): string {
	return `${pipeline}-without-trace`;
}

/** The same row without its reasoning: the conclusion is the reply. It stays in its group, and says what prompts it was made with. */
export function withoutTrace({ image, system, turns, trace, meta }: SrtRow, pipeline: string): SftRow {
	return {
		id: `${pipeline}-${meta.group}`,
		image,
		kind: "sft",
		...(system === undefined ? {} : { system }),
		turns: [...turns.slice(0, -1), { role: "assistant", text: trace.conclusion, train: true }],
		meta,
	};
}
