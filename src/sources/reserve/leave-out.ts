import type { Question } from "../../records/index.js";
import type { Source } from "../source.js";

/** A source without some of its questions, which are counted by reason. */
export function leaveOut(source: Source, reasonOf: (question: Question) => string | undefined): Source {
	let lastPass: Record<string, number> = {};
	return {
		...source,
		async *read(onBadLine) {
			const counts: Record<string, number> = {};
			for await (const question of source.read(onBadLine)) {
				const reason = reasonOf(question);
				if (reason === undefined) yield question;
				else counts[reason] = (counts[reason] ?? 0) + 1;
			}
			lastPass = counts;
		},
		leftOut: () => ({ ...source.leftOut?.(), ...lastPass }),
	};
}
