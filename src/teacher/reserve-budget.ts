import { CandorError } from "../records/index.js";
import type { Budget } from "./budget.js";
import { estimateInputTokens } from "./estimate-tokens.js";
import type { ImageFamily } from "./image-tokens.js";
import type { Price } from "./price.js";
import { amountOf } from "./spend.js";
import type { Teacher, TeacherRequest, Usage } from "./teacher.js";
import { TransportError } from "./transport-error.js";

export interface ReserveBudgetOptions {
	/** What this endpoint's model costs; absent: nobody knows, and tokens are counted all the same. */
	readonly price?: Price | undefined;
	/** How the model counts pictures; absent: by its name. */
	readonly imageTokens?: ImageFamily | number | undefined;
	/** Told once, where the server counts more than a request's worst case. */
	readonly warn: (message: string) => void;
}

/**
 * Sends a request only once its worst case has been set aside, and settles it with what the server says it took. Whatever may have
 * been charged without our hearing of it (a timeout, an abort, a reply that broke off, one without usage) counts at its worst case.
 * Stands directly above the client of one endpoint: every try and every hedge is a request of its own.
 * @throws CandorError (exit 5) where the budget has no room
 */
export function reserveBudget(teacher: Teacher, budget: Budget, options: ReserveBudgetOptions): Teacher {
	/** How many times its worst case a request has been seen to take: what is sent from then on is reckoned with that. */
	const seen = { input: 1, output: 1 };

	/** What a request was thought to take at most before any reply came. */
	const boundOf = (request: TeacherRequest): Usage => ({
		inputTokens: estimateInputTokens(request, options.imageTokens).atMost,
		outputTokens: request.sampling.maxOutputTokens,
	});

	function learn(bound: Usage, usage: Usage): void {
		const [input, output] = [usage.inputTokens / bound.inputTokens, usage.outputTokens / bound.outputTokens];
		if (input <= 1 && output <= 1) return;
		if (seen.input === 1 && seen.output === 1) {
			options.warn(
				input > 1
					? `the server counts more input tokens than a request was thought to have at most (${usage.inputTokens}, not ${bound.inputTokens}): set teacher.imageTokens if the budget is to hold to the last token`
					: `the server sends more output tokens than it was asked for at most (${usage.outputTokens}, not ${bound.outputTokens}): the budget may be passed by what is in flight`,
			);
		}
		seen.input = Math.max(seen.input, input);
		seen.output = Math.max(seen.output, output);
	}

	return {
		async ask(request, signal) {
			signal.throwIfAborted();
			const bound = boundOf(request);
			const worst = { inputTokens: Math.ceil(bound.inputTokens * seen.input), outputTokens: Math.ceil(bound.outputTokens * seen.output) };
			const reservation = await budget.reserve(request.about, amountOf(worst, options.price), signal);
			try {
				const answer = await teacher.ask(request, signal);
				const usage = answer.type === "reply" ? answer.usage : undefined;
				if (usage !== undefined) learn(bound, usage);
				reservation.settle(amountOf(usage ?? worst, options.price));
				return answer;
			} catch (error) {
				if (isFree(error)) reservation.release();
				else reservation.settle(amountOf(worst, options.price));
				throw error;
			}
		},
		close: () => teacher.close(),
	};
}

/** A gateway that gave up waiting does not know whether the server behind it went on, and is paid for it. */
const maybeCharged = new Set([408, 499, 502, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530, 598, 599]);

/** Whether a request has cost nothing for certain: it never left, or the server turned it down. */
function isFree(error: unknown): boolean {
	if (error instanceof CandorError) return true;
	if (!(error instanceof TransportError)) return false;
	if (error.status !== undefined) return error.status >= 400 && !maybeCharged.has(error.status);
	return error.unsent;
}
