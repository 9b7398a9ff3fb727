import { splitSentences, straightenQuotes } from "../language/index.js";
import { scenarioTable, type Verdict } from "../records/index.js";
import { defineRule, fault, quote } from "./rule.js";

const verdictWord = /\b(?:misleading|corrective|supporting)\b/gi;
/** "is not misleading", "I cannot call it misleading"; but not "is not right but misleading". */
const deniedBefore = /(?:\b(?:not|never|hardly|neither|nor|cannot)|n't)(?: (?!(?:but|so|and|is|which)\b)[\w']+){0,3} ["']?$/i;

/** The trace's verdict is the scenario's; its reflection ends by giving that verdict and no other. */
export const traceVerdict = defineRule({
	reason: "trace-verdict",
	kinds: ["srt"],
	check(row) {
		if (row.kind !== "srt") return undefined;
		const expected = scenarioTable[row.meta.scenario].verdict;
		const { verdict, reflection } = row.trace;
		if (verdict !== expected) return fault(`The verdict is ${verdict}; in a ${row.meta.scenario} dialogue it is ${expected}.`, { stage: "reflect" });
		const detail = expected === "none" ? faultOfNone(reflection) : faultOfLast(reflection, expected);
		return detail === undefined ? undefined : fault(detail, { stage: "reflect" });
	},
});

function faultOfNone(reflection: string): string | undefined {
	const word = reflection.match(verdictWord)?.[0];
	return word === undefined ? undefined : `The reflection judges the user's message "${word}", but the user gave no opinion.`;
}

function faultOfLast(reflection: string, expected: Verdict): string | undefined {
	const last = splitSentences(reflection).at(-1) ?? "";
	const words = [...last.matchAll(verdictWord)];
	if (words.length === 0) return `The reflection ends with ${quote(last)}, which gives no verdict; it should say ${expected}.`;
	const other = words.find((match) => match[0].toLowerCase() !== expected);
	if (other !== undefined) return `The reflection ends by saying ${other[0].toLowerCase()}; it should say ${expected} only.`;
	const isDenied = words.some((match) => deniedBefore.test(straightenQuotes(last.slice(0, match.index))));
	return isDenied ? `The reflection ends by saying that the message is not ${expected}.` : undefined;
}
