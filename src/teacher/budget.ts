import { CandorError, exitCodes } from "../records/index.js";
import { settleOrAbort } from "./abort.js";
import type { Amount, SpendBook, Spender, StageSpend } from "./spend.js";

/** What may be used up; what is absent is without limit. */
export interface BudgetLimits {
	readonly usd?: number | undefined;
	readonly inputTokens?: number | undefined;
	readonly outputTokens?: number | undefined;
	readonly requests?: number | undefined;
	/** Wall time of this process. */
	readonly minutes?: number | undefined;
}

/** The state of a budget; may be read as often as one likes. */
export interface BudgetState {
	readonly limits: BudgetLimits;
	readonly spent: Amount;
	/** The worst case of what is in flight. */
	readonly reserved: Amount;
	/** Spent before this process began. */
	readonly earlier: Amount;
	readonly byStage: readonly StageSpend[];
}

/** Room that has been set aside for one request. One of the two is called, once. */
export interface Reservation {
	/** It has cost so much. */
	settle(amount: Amount): void;
	/** It has cost nothing for certain. */
	release(): void;
}

/** What a batch is charged, stage by stage. */
export type StageAmount = readonly [who: Spender, amount: Amount];

/** Room that has been set aside for a batch. One of the two is called, once. */
export interface BatchHold {
	/** It has cost so much; `also` writes the batch's own record, durably in the same moment or not at all. */
	settle(amounts: readonly StageAmount[], also: () => void): Promise<void>;
	/** It never got to the provider. */
	release(): void;
}

/** One for all that asks in a run, whatever endpoint it asks. */
export interface Budget {
	/**
	 * Sets the worst case of a request aside, durably, before it is sent. Where there is no room, it waits for what is in flight.
	 * @throws CandorError (exit 5) where there is none even then: from there on nothing is let through
	 */
	reserve(who: Spender, worst: Amount, signal: AbortSignal): Promise<Reservation>;
	/** @throws CandorError (exit 5) where the time is up */
	hasRoom(worst: Amount): boolean;
	/** Sets the worst case of a batch aside. The batch's own record keeps it over a crash: whoever takes the batch up again holds it again. */
	hold(worst: Amount): BatchHold;
	/** @throws CandorError (exit 5) that names what there is no room for */
	refuse(worst: Amount): never;
	read(): BudgetState;
	/** Resolves once the account is on disk. */
	close(): Promise<void>;
}

const counted = ["usd", "inputTokens", "outputTokens", "requests"] as const;
type Counted = (typeof counted)[number];

/** Sums of dollars do not come out even. @unit US dollars */
const rounding = 1e-9;

interface Waiting {
	readonly worst: Amount;
	readonly admit: () => void;
	readonly refuse: (reason: unknown) => void;
}

/**
 * Opens a budget over an account. Without limits nothing is set aside and nothing is waited for; what is spent is counted all the same.
 * @param stopping aborted: whoever waits for room is sent away
 */
export function openBudget(book: SpendBook, limits: BudgetLimits, stopping: AbortSignal): Budget {
	const bounds = counted.flatMap((key) => (limits[key] === undefined ? [] : [{ key, limit: limits[key] }]));
	const endMs = limits.minutes === undefined ? Number.POSITIVE_INFINITY : performance.now() + limits.minutes * 60_000;
	/** In the order they came: a large request is not overtaken for ever by small ones. */
	const waiting = new Set<Waiting>();
	let inFlight = 0;
	let used: CandorError | undefined;

	/** What there is no room for, where there is something. */
	const shortOf = (worst: Amount): Counted | undefined =>
		bounds.find(({ key, limit }) => book.spent[key] + book.reserved[key] + worst[key] > limit + (key === "usd" ? rounding : 0))?.key;

	function refuseAll(reason: unknown): void {
		for (const { refuse } of waiting) refuse(reason);
		waiting.clear();
	}

	/** Lets through whoever waits, as far as there is room; where nothing is in flight any more, there will never be any. */
	function letThrough(): void {
		for (const next of waiting) {
			if (isOver()) return;
			const short = shortOf(next.worst);
			if (short !== undefined) {
				if (inFlight === 0) {
					used = usedUp(book, limits, short, next.worst);
					refuseAll(used);
				}
				return;
			}
			waiting.delete(next);
			next.admit();
		}
	}

	function isOver(): boolean {
		if (performance.now() >= endMs) used ??= timeUp(book, limits);
		if (used !== undefined) refuseAll(used);
		return used !== undefined;
	}

	function take(who: Spender, worst: Amount): Reservation {
		inFlight += 1;
		if (bounds.length > 0) book.reserve(who, worst, 1);
		let isOpen = true;
		const end = (amount: Amount | undefined) => {
			if (!isOpen) return;
			isOpen = false;
			inFlight -= 1;
			if (bounds.length > 0) book.reserve(who, worst, -1);
			if (amount !== undefined) book.spend(who, amount);
			// Should it not come to disk, the worst case stays there: nobody waits for it.
			void book.flush().catch(() => {});
			letThrough();
		};
		return { settle: end, release: () => end(undefined) };
	}

	async function reserve(who: Spender, worst: Amount, signal: AbortSignal): Promise<Reservation> {
		if (isOver()) throw used;
		let reservation: Reservation | undefined;
		if (waiting.size === 0 && shortOf(worst) === undefined) reservation = take(who, worst);
		else {
			reservation = await settleOrAbort<Reservation>(signal, (resolve, reject) => {
				const turn: Waiting = { worst, admit: () => resolve(take(who, worst)), refuse: reject };
				waiting.add(turn);
				letThrough();
				return () => waiting.delete(turn);
			});
		}
		if (bounds.length === 0) return reservation;
		try {
			await book.flush();
			signal.throwIfAborted();
			stopping.throwIfAborted();
			return reservation;
		} catch (error) {
			reservation.release();
			throw error;
		}
	}

	function hold(worst: Amount): BatchHold {
		inFlight += 1;
		book.hold(worst, 1);
		const end = () => {
			inFlight -= 1;
			book.hold(worst, -1);
			letThrough();
		};
		return {
			async settle(amounts, also) {
				for (const [who, amount] of amounts) book.spend(who, amount);
				await book.flushWith(also);
				end();
			},
			release: end,
		};
	}

	const onStop = () => refuseAll(stopping.reason);
	stopping.addEventListener("abort", onStop, { once: true });
	return {
		reserve,
		hasRoom(worst) {
			if (isOver()) throw used;
			return shortOf(worst) === undefined;
		},
		hold,
		refuse(worst) {
			used ??= usedUp(book, limits, shortOf(worst) ?? "requests", worst);
			refuseAll(used);
			throw used;
		},
		read: () => ({ limits, spent: { ...book.spent }, reserved: { ...book.reserved }, earlier: book.earlier, byStage: book.byStage() }),
		close() {
			stopping.removeEventListener("abort", onStop);
			return book.close();
		},
	};
}

const names: Readonly<Record<Counted, (value: number) => string>> = {
	usd: (value) => `$${value.toFixed(value < 1 ? 4 : 2)}`,
	inputTokens: (value) => `${value.toLocaleString("en-US")} input tokens`,
	outputTokens: (value) => `${value.toLocaleString("en-US")} output tokens`,
	requests: (value) => `${value.toLocaleString("en-US")} requests`,
};

function usedUp({ spent }: SpendBook, limits: BudgetLimits, short: Counted, worst: Amount): CandorError {
	const limit = limits[short] ?? 0;
	const most = short === "requests" ? "" : `, and the next request may take up to ${names[short](worst[short])}`;
	return budgetError(
		`the budget is used up: ${names[short](spent[short])} of ${names[short](limit)} spent${most} (${describe(spent)})`,
		`budget.${short}`,
		limit,
	);
}

function timeUp({ spent }: SpendBook, limits: BudgetLimits): CandorError {
	const minutes = limits.minutes ?? 0;
	return budgetError(`the time is up: this start of the run had ${minutes} minutes (spent in all its starts: ${describe(spent)})`, "budget.minutes", minutes);
}

function describe(spent: Amount): string {
	const usd = spent.unpriced < spent.requests ? [names.usd(spent.usd)] : [];
	return [...usd, names.requests(spent.requests), names.inputTokens(spent.inputTokens), names.outputTokens(spent.outputTokens)].join(", ");
}

function budgetError(message: string, field: string, limit: number): CandorError {
	return new CandorError(message, {
		exitCode: exitCodes.budgetReached,
		remedy:
			field === "budget.minutes"
				? `Run the same command again for another ${limit} minutes, or raise ${field}: every reply is kept, and nothing is paid twice.`
				: `Raise ${field} (now ${limit}) and run the same command again: every reply is kept, and nothing is paid twice.`,
	});
}
