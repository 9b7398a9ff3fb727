import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { packageFolder } from "../pipeline/package-folder.js";
import { configurationError, type Question } from "../records/index.js";
import { hashFile, parseJsonlList } from "../shards/index.js";
import type { Source } from "./source.js";

const lineSchema = z.strictObject({
	id: z.string().min(1),
	image: z.string().min(1),
	question: z.string().min(1),
	task: z.string().min(1),
	answer: z.string().min(1),
	wrong: z.array(z.string().min(1)).min(1),
	evidence: z.array(z.string().min(1)).min(2),
});

/** The bundled sample: photographs with questions that were written while looking at them. */
export function openSample(): Source {
	const folder = join(packageFolder(), "datasets", "sample");
	const path = join(folder, "questions.jsonl");
	const imageRoot = join(folder, "photos");
	return {
		imageRoots: [imageRoot],
		async *read() {
			const list = z.array(lineSchema).safeParse(parseJsonlList(await readFile(path, "utf8"), path));
			if (!list.success) throw configurationError(`${path}: ${z.prettifyError(list.error)}`, "restore the bundled file");
			for (const { id, image, question, task, answer, wrong, evidence } of list.data) {
				yield { id, source: "sample", image: join(imageRoot, image), text: question, task, answer, wrong, evidence } satisfies Question;
			}
		},
		digests: async () => ({ "questions.jsonl": await hashFile(path) }),
	};
}
