import type { Labels } from "../records/index.js";

/** How an answer is written inside sentences: `(B) red` among lettered choices, `"red"` in open-ended questions. */
export function renderAnswer(answer: string, options: readonly string[], labels: Labels | undefined): string {
	const letter = letterOf(answer, options, labels);
	return letter === undefined ? `"${answer}"` : `(${letter}) ${answer}`;
}

/** The letter of an option; nothing where the question is open-ended or the answer is not among the options. */
export function letterOf(answer: string, options: readonly string[], labels: Labels | undefined): string | undefined {
	return labels === undefined ? undefined : labels[options.indexOf(answer)];
}

/** The choices as the question shows them: `(A) eating (B) standing (C) drinking (D) sleeping`. */
export function renderChoices(options: readonly string[], labels: Labels): string {
	return options.map((option, index) => `(${labels[index]}) ${option}`).join(" ");
}
