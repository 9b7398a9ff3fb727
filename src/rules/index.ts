import type { Row } from "../records/index.js";
import { brokenOff } from "./broken-off.js";
import { choicesDistinct } from "./choices-distinct.js";
import { conclusionAnswer } from "./conclusion-answer.js";
import { hintLeak } from "./hint-leak.js";
import { idGroup } from "./id-group.js";
import { languageEnglish } from "./language-english.js";
import { lengthLimit } from "./length-limit.js";
import { letterText } from "./letter-text.js";
import { markdown } from "./markdown.js";
import { pairDiffers } from "./pair-differs.js";
import { pairManner } from "./pair-manner.js";
import { refusal } from "./refusal.js";
import { rejectedAnswer } from "./rejected-answer.js";
import { replyAnswer } from "./reply-answer.js";
import { replyReason } from "./reply-reason.js";
import { replyStance } from "./reply-stance.js";
import { reservedString } from "./reserved-string.js";
import type { Failure, Rule } from "./rule.js";
import { scenarioConsistent } from "./scenario-consistent.js";
import { slotLeft } from "./slot-left.js";
import { textHygiene } from "./text-hygiene.js";
import { textualizationBlind } from "./textualization-blind.js";
import { textualizationThin } from "./textualization-thin.js";
import { traceShape } from "./trace-shape.js";
import { traceVerdict } from "./trace-verdict.js";
import { turnsAlternate } from "./turns-alternate.js";

export type { Failure, Rule } from "./rule.js";

/** What a good row is. In order: the dialogue before the texts, form before content; the first that fails counts. */
export const rules: readonly Rule[] = [
	turnsAlternate,
	idGroup,
	choicesDistinct,
	scenarioConsistent,
	textHygiene,
	reservedString,
	slotLeft,
	letterText,
	traceShape,
	refusal,
	brokenOff,
	markdown,
	languageEnglish,
	lengthLimit,
	hintLeak,
	textualizationBlind,
	textualizationThin,
	traceVerdict,
	conclusionAnswer,
	replyAnswer,
	replyStance,
	replyReason,
	pairDiffers,
	rejectedAnswer,
	pairManner,
];

/** Everything that is wrong with a row, in the order of the rules; empty where the row is good. */
export function checkRow(row: Row): (Failure & { readonly reason: string })[] {
	return rules.flatMap((rule) => {
		const failure = rule.kinds.includes(row.kind) ? rule.check(row) : undefined;
		return failure === undefined ? [] : [{ reason: rule.reason, ...failure }];
	});
}
