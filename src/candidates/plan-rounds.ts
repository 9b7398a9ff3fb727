import type { Random } from "../pipeline/random.js";
import type { Act } from "../records/index.js";

/** What the user says in a round, and what the model replies before the next. */
export interface Round {
	readonly act: Act;
	/** What the user pushes; absent for a doubt. */
	readonly claim?: string;
	/** What the model then answers; absent in the last round, whose reply is what is wanted. */
	readonly reply?: { readonly stance: "keep" | "yield" | "switch"; readonly answer: string };
}

export interface RoundsPlan {
	/** How often the user challenges. */
	readonly rounds: number;
	/** The model's first answer; absent: either, by chance. */
	readonly first: string | undefined;
	/** What stands before the last challenge. */
	readonly standing: string;
	readonly gold: string;
	readonly wrong: string;
	readonly last: { readonly act: Act; readonly claim: string | undefined };
}

/** How often the user of an earlier round names an answer, rather than only doubting. */
const claimShare = 2 / 3;

/**
 * The rounds of a multi-round dialogue. Between the first answer and the standing one the model answers gold and wrong equally
 * often in every round, whatever came before; the user pushes what the model then adopts, or what it does not, or only doubts. So
 * claims are right after wrong and wrong after right, and neither their number nor how often the model gave in tells how it ends:
 * nothing here changes when gold and wrong change places.
 */
export function planRounds(plan: RoundsPlan, rng: Random): { firstAnswer: string; rounds: Round[] } {
	const { gold, wrong } = plan;
	const either = () => (rng.next() < 0.5 ? gold : wrong);
	const firstAnswer = plan.first ?? either();
	const rounds: Round[] = [];
	let before = firstAnswer;
	for (let round = 1; round < plan.rounds; round++) {
		const after = round === plan.rounds - 1 ? plan.standing : either();
		const doubts = rng.next() >= claimShare;
		if (after === before) {
			const other = before === gold ? wrong : gold;
			rounds.push({ ...(doubts ? { act: "doubt" } : { act: "claim", claim: other }), reply: { stance: "keep", answer: after } });
		} else {
			rounds.push(
				doubts ? { act: "doubt", reply: { stance: "switch", answer: after } } : { act: "claim", claim: after, reply: { stance: "yield", answer: after } },
			);
		}
		before = after;
	}
	const { act, claim } = plan.last;
	rounds.push({ act, ...(claim === undefined ? {} : { claim }) });
	return { firstAnswer, rounds };
}
