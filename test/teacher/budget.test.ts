import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CandorError, exitCodes } from "../../src/records/index.js";
import {
	type Amount,
	amountOf,
	type BudgetLimits,
	type Ledger,
	openBudget,
	openLedger,
	openSpend,
	type Price,
	reserveBudget,
	type SpendBook,
	sumAmounts,
	type Teacher,
	TransportError,
} from "../../src/teacher/index.js";
import { makeRequest } from "../support/make-request.js";
import { withFolder } from "../support/open-stack.js";

const price: Price = { inputUsdPerMillionTokens: 1000, outputUsdPerMillionTokens: 4000, batchShare: 0.5 };
const never = new AbortController().signal;
const who = { pipeline: "sft", stage: "respond" };

async function withLedger(use: (open: () => Ledger) => Promise<void>): Promise<void> {
	await withFolder(use.bind(undefined) as never as (folder: string) => Promise<void>);
}
void withLedger;

interface Opened {
	readonly book: SpendBook;
	readonly ask: (limits: BudgetLimits, server: Teacher) => Teacher;
	readonly close: () => Promise<void>;
}

function open(folder: string): Opened {
	const ledger = openLedger(folder);
	const book = openSpend(ledger, () => price);
	return {
		book,
		ask: (limits, server) => reserveBudget(server, openBudget(book, limits, never), { price, imageTokens: 10, warn: () => {} }),
		close: async () => {
			await book.close();
			await ledger.close();
		},
	};
}
