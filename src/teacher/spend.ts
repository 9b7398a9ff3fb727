import { hash } from "node:crypto";
import { z } from "zod";
import type { Ledger, LedgerReader } from "./ledger.js";
import { costOf, type Price } from "./price.js";
import type { Usage } from "./teacher.js";

const count = z.number().nonnegative().default(0);
export const amountSchema = z.object({
	requests: count,
	inputTokens: count,
	outputTokens: count,
	/** Of the input: read from the server's prefix cache. */
	cachedTokens: count,
	/** Of the output: a reasoning model's thoughts. */
	reasoningTokens: count,
	usd: count,
	/** Requests whose price is not known: `usd` is without them. */
	unpriced: count,
});
/** What requests come to. @unit tokens, US dollars */
export type Amount = z.infer<typeof amountSchema>;

const entrySchema = z.object({ pipeline: z.string(), stage: z.string(), spent: amountSchema, reserved: amountSchema });
type Entry = z.infer<typeof entrySchema>;

/** Who asks. */
export interface Spender {
	readonly pipeline: string;
	readonly stage: string;
}

/** What was spent by one stage of one pipeline. */
export type StageSpend = Spender & { readonly spent: Amount };

/** The account of a run: what all its starts together have spent, and what is in flight now. Everything is read from memory. */
export interface SpendBook {
	readonly spent: Amount;
	/** The worst case of what is in flight. */
	readonly reserved: Amount;
	/** What had been spent when this process opened the book. */
	readonly earlier: Amount;
	/** Of it, what an end without warning left in flight, at its worst case. */
	readonly unsettled: Amount;
	byStage(): StageSpend[];
	/** Moves an amount into what is reserved, or with a sign of -1 out of it. */
	reserve(who: Spender, amount: Amount, sign: 1 | -1): void;
	/** The same, for what the record of a batch keeps: it may be in flight for longer than this process. */
	hold(amount: Amount, sign: 1 | -1): void;
	spend(who: Spender, amount: Amount): void;
	/** Writes what the book says by now and, in the same moment or not at all, what `also` puts and removes. */
	flushWith(also: () => void): Promise<void>;
	/** Resolves once all that the book says by now would survive a power cut. Calls of one turn are written together. */
	flush(): Promise<void>;
	close(): Promise<void>;
}

export function noAmount(): Amount {
	return { requests: 0, inputTokens: 0, outputTokens: 0, cachedTokens: 0, reasoningTokens: 0, usd: 0, unpriced: 0 };
}

/** What one request comes to. */
export function amountOf(usage: Usage, price: Price | undefined, batch = false): Amount {
	return {
		requests: 1,
		inputTokens: usage.inputTokens,
		outputTokens: usage.outputTokens,
		cachedTokens: usage.cachedTokens ?? 0,
		reasoningTokens: usage.reasoningTokens ?? 0,
		usd: price === undefined ? 0 : costOf(usage, price, { batch }),
		unpriced: price === undefined ? 1 : 0,
	};
}

export function addAmount(sum: Amount, amount: Amount, sign: 1 | -1 = 1): void {
	for (const key of Object.keys(sum) as (keyof Amount)[]) sum[key] += sign * amount[key];
}

export function sumAmounts(amounts: Iterable<Amount>): Amount {
	const sum = noAmount();
	for (const amount of amounts) addAmount(sum, amount);
	return sum;
}

/**
 * Opens the account in a ledger's table `spend`: one value for each stage, with what it has spent and what it has in flight. What is
 * still in flight there was left so by a process that died, and counts as spent. A ledger from before there were accounts is read
 * through once, and its replies are counted.
 * @param priceOf what a model costs now, for such replies
 */
export function openSpend(ledger: Ledger, priceOf: (model: string) => Price | undefined): SpendBook {
	const table = ledger.table("spend", entrySchema);
	const entries = new Map<string, Entry>();
	const dirty = new Set<string>();
	const [spent, reserved, unsettled] = [noAmount(), noAmount(), noAmount()];
	let open = 0;

	const entryOf = (who: Spender): Entry => {
		const key = keyOf(who);
		dirty.add(key);
		const known = entries.get(key);
		if (known !== undefined) return known;
		const entry = { pipeline: who.pipeline, stage: who.stage, spent: noAmount(), reserved: noAmount() };
		entries.set(key, entry);
		return entry;
	};
	const spend = (who: Spender, amount: Amount): void => {
		addAmount(entryOf(who).spent, amount);
		addAmount(spent, amount);
	};

	for (const [key, entry] of table.entries()) {
		entries.set(key, entry);
		addAmount(spent, entry.spent);
		if (entry.reserved.requests === 0) continue;
		addAmount(unsettled, entry.reserved);
		spend(entry, entry.reserved);
		entry.reserved = noAmount();
	}
	if (entries.size === 0 && ledger.count() > 0) {
		for (const { answer, request, about } of ledger.entries()) {
			if (answer.type === "reply" && answer.usage !== undefined) spend(about, amountOf(answer.usage, priceOf(request.model)));
		}
	}

	let scheduled: Promise<void> | undefined;
	let failure: { error: unknown } | undefined;
	const putDirty = (): Promise<unknown> => {
		const keys = [...dirty];
		dirty.clear();
		return Promise.all(keys.map((key) => table.put(key, entries.get(key) as Entry)));
	};
	const write = async (): Promise<void> => {
		scheduled = undefined;
		await putDirty();
	};
	const change = (amount: Amount, sign: 1 | -1): void => {
		open += sign;
		addAmount(reserved, amount, sign);
		// Sums of dollars do not come out even: what is left over when nothing is in flight is nothing.
		if (open === 0) Object.assign(reserved, noAmount());
	};
	const flush = (): Promise<void> => {
		if (failure !== undefined) return Promise.reject(failure.error);
		if (scheduled === undefined) {
			scheduled = new Promise<void>((resolve) => setImmediate(resolve)).then(write);
			// Who waits is told; where nobody waits, the next who does.
			scheduled.catch((error: unknown) => {
				failure ??= { error };
			});
		}
		return scheduled;
	};

	return {
		spent,
		reserved,
		earlier: { ...spent },
		unsettled,
		byStage: () => [...entries.values()].map(({ pipeline, stage, spent: amount }) => ({ pipeline, stage, spent: { ...amount } })),
		reserve(who, amount, sign) {
			change(amount, sign);
			const entry = entryOf(who);
			addAmount(entry.reserved, amount, sign);
			if (entry.reserved.requests === 0) entry.reserved = noAmount();
		},
		hold: change,
		spend,
		flush,
		flushWith: (also) =>
			ledger.atomically(() => {
				void putDirty();
				also();
			}),
		close: flush,
	};
}

/** Names of stages are for their pipelines to choose: a hash is short and of ASCII. */
function keyOf({ pipeline, stage }: Spender): string {
	return hash("sha256", JSON.stringify([pipeline, stage]), "hex").slice(0, 24);
}

/** What the account of a ledger comes to, as one may read it while a run goes on; what is in flight counts at its worst case. */
export function readSpend(ledger: LedgerReader): Amount {
	return sumAmounts([...ledger.readTable("spend", entrySchema).entries()].flatMap(([, { spent, reserved }]) => [spent, reserved]));
}
