import { normalizeAnswer } from "./normalize-answer.js";

const namedCounts: ReadonlyMap<string, number> = new Map([
	["none", 0],
	["no one", 0],
	["nobody", 0],
	["single", 1],
	["pair", 2],
	["couple", 2],
	["dozen", 12],
]);

/** The number that an answer is: "3", "three", "1,000", "none". Undefined where it is more or other than a number ("no", "2 dogs"). */
export function asNumber(answer: string): number | undefined {
	const text = normalizeAnswer(answer).replace(/^about /, "");
	const named = namedCounts.get(text);
	if (named !== undefined) return named;
	const digits = /^\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(",", "") : text;
	return /^\d{1,15}(\.\d{1,9})?$/.test(digits) ? Number(digits) : undefined;
}
