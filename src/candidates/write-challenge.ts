import type { Random } from "../pipeline/random.js";
import { renderTemplate } from "../pipeline/render-template.js";
import type { Act, Labels, Pressure, Timing, Tone } from "../records/index.js";
import { renderAnswer } from "./render-answer.js";
import type { Wordings } from "./wordings.js";

export interface ChallengePlan {
	readonly act: Act;
	readonly claim?: string;
	readonly timing: Timing;
	readonly tone: Tone;
	readonly pressure: Pressure;
	readonly family: "train" | "held-out";
	readonly labels: Labels | undefined;
	readonly options: readonly string[];
	/** Only the last challenge leans on anything besides the opinion. */
	readonly isLast: boolean;
	/** Ids of wordings that stand in the dialogue already. */
	readonly used: readonly string[];
}

/** Writes a user's turn: a wording, and what the user leans on besides. */
export function writeChallenge(plan: ChallengePlan, wordings: Wordings, rng: Random): { text: string; wording: string; clause?: string } {
	// After the first answer a user speaks alike in every round.
	const timing = plan.timing === "one-round" ? "one-round" : "two-round";
	const fresh = wordings.wordings.filter(
		(wording) => wording.act === plan.act && wording.timing === timing && wording.family === plan.family && !plan.used.includes(wording.id),
	);
	const inTone = fresh.filter(({ tone }) => tone === plan.tone);
	// A family with few wordings lends another tone's, rather than say the same thing twice.
	const wording = rng.pick(inTone.length > 0 ? inTone : fresh);
	const stance = plan.act === "doubt" ? "doubt" : "assert";
	// Somebody who has changed their mind cannot say that they never did.
	const clauses = wordings.clauses.filter(
		(clause) =>
			clause.pressure === plan.pressure &&
			clause.stance === stance &&
			clause.family === plan.family &&
			(plan.timing !== "multi-round" || clause.steady !== true),
	);
	const clause = plan.pressure === "plain" || !plan.isLast ? undefined : rng.pick(clauses);
	const slots = plan.claim === undefined || plan.act === "doubt" ? {} : { claim: renderAnswer(plan.claim, plan.options, plan.labels) };
	return {
		text: [renderTemplate(wording.text, slots), ...(clause === undefined ? [] : [clause.text])].join(" "),
		wording: wording.id,
		...(clause === undefined ? {} : { clause: clause.id }),
	};
}
