/**
 * What is done about a reply that cannot be used, by the reason that `replyProblem` and the layers below give. Asking the same
 * again helps against chance, not against a filter or a limit that stays where it is.
 */

export interface RetryRule {
	/** How often a stage that meets it for one candidate is asked again, while attempts last. */
	readonly again: number;
	/** Asked again with twice the room for the reply, at most {@link maxRoomTokens}. */
	readonly doublesRoom?: true;
	/** The request has no reply at all: whoever asked is to blame, and a further attempt that is granted goes to it. */
	readonly isFailure?: true;
}

const rules: Readonly<Record<string, RetryRule>> = {
	// As much again is room enough for what was not going round in circles.
	"reply-cut-off": { again: 1, doublesRoom: true },
	// A filter judges question and picture, which stay the same.
	"reply-filtered": { again: 0 },
	// Some refusals are moods, most are not.
	"reply-refused": { again: 1 },
	"reply-empty": { again: 1 },
	// The layers below have tried again whatever may pass.
	"request-refused": { again: 0, isFailure: true },
	"request-failed": { again: 0, isFailure: true },
};

/** Unparsable, of another shape, or blamed by a rule: another draw may well be good. */
const asAttemptsAllow: RetryRule = { again: Number.POSITIVE_INFINITY };

export function retryRuleOf(reason: string): RetryRule {
	return Object.hasOwn(rules, reason) ? (rules[reason] ?? asAttemptsAllow) : asAttemptsAllow;
}

/** What the config allows at most. @unit tokens */
export const maxRoomTokens = 32_768;
