import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CandorError, exitCodes } from "../../src/records/index.js";
import {
	type Budget,
	type BudgetLimits,
	openBudget,
	openLedger,
	openSpend,
	type Price,
	reserveBudget,
	type SpendBook,
	type Teacher,
	type TeacherAnswer,
	TransportError,
	type Usage,
} from "../../src/teacher/index.js";
import { makeRequest } from "../support/make-request.js";
import { withFolder } from "../support/open-stack.js";

const price: Price = { inputUsdPerMillionTokens: 1000, outputUsdPerMillionTokens: 4000, batchShare: 0.5 };
const never = new AbortController().signal;
const usage = { inputTokens: 100, outputTokens: 20 };
const reply = (own?: Usage): TeacherAnswer => ({ type: "reply", text: "ok", finishReason: "stop", ...(own === undefined ? {} : { usage: own }) });

interface Opened {
	readonly book: SpendBook;
	readonly budget: Budget;
	through(server: (text: string) => Promise<TeacherAnswer>): Teacher;
	close(): Promise<void>;
	/** As a killed process leaves it: nothing is settled. */
	cutOff(): Promise<void>;
	readonly warnings: string[];
}

function open(folder: string, limits: BudgetLimits, stopping: AbortSignal = never): Opened {
	const ledger = openLedger(folder);
	const book = openSpend(ledger, () => price);
	const budget = openBudget(book, limits, stopping);
	const warnings: string[] = [];
	return {
		book,
		budget,
		warnings,
		through: (server) =>
			reserveBudget(
				{
					ask: ({ messages }) => server(messages.flatMap(({ content }) => content.flatMap((part) => (part.type === "text" ? [part.text] : []))).join("")),
					close: async () => {},
				},
				budget,
				{ price, imageTokens: 10, warn: (message) => warnings.push(message) },
			),
		async close() {
			await budget.close();
			await ledger.close();
		},
		cutOff: () => ledger.close(),
	};
}

test("without a budget all is counted by stage, over all starts, and nothing is set aside", () =>
	withFolder(async (folder) => {
		const first = open(folder, {});
		const teacher = first.through(async () => reply({ ...usage, cachedTokens: 60, reasoningTokens: 5 }));
		await teacher.ask(makeRequest("a"), never);
		await teacher.ask(makeRequest("b", { about: { ...makeRequest("").about, stage: "gold check, ä" } }), never);
		expect(first.book.reserved.requests).toBe(0);
		await first.close();
		const second = open(folder, {});
		expect(second.book.earlier).toMatchObject({ requests: 2, inputTokens: 200, outputTokens: 40, cachedTokens: 120, reasoningTokens: 10, unpriced: 0 });
		expect(second.book.earlier.usd).toBeCloseTo(2 * (0.1 + 0.08), 9);
		expect(second.book.unsettled.requests).toBe(0);
		expect(second.budget.read().byStage.map(({ stage, spent }) => [stage, spent.requests])).toEqual(
			expect.arrayContaining([
				["respond", 1],
				["gold check, ä", 1],
			]),
		);
		await second.close();
	}));

test("a ledger from before there were accounts is counted by its replies", () =>
	withFolder(async (folder) => {
		const ledger = openLedger(folder);
		const { model, sampling } = makeRequest("a");
		await ledger.put("ab", {
			key: "ab",
			answer: { type: "reply", text: "ok", finishReason: "stop", usage },
			request: { model, sampling, messages: [], attempt: 1 },
			about: { pipeline: "sft", stage: "respond", group: "g1" },
			at: new Date(0).toISOString(),
		});
		await ledger.close();
		const { book, close } = open(folder, {});
		expect(book.earlier).toMatchObject({ requests: 1, inputTokens: 100, outputTokens: 20 });
		await close();
	}));

test("what does not fit waits for what is in flight, and goes once that has cost less than feared", () =>
	withFolder(async (folder) => {
		// A worst case is 64 output tokens: two at a time fit.
		const { through, budget, close } = open(folder, { outputTokens: 130 });
		let inFlight = 0;
		let most = 0;
		const teacher = through(async () => {
			inFlight += 1;
			most = Math.max(most, inFlight);
			await sleep(5);
			inFlight -= 1;
			return reply({ inputTokens: 10, outputTokens: 10 });
		});
		await Promise.all(Array.from({ length: 7 }, (_, index) => teacher.ask(makeRequest(`${index}`), never)));
		expect(most).toBe(2);
		expect(budget.read()).toMatchObject({ spent: { outputTokens: 70, requests: 7 }, reserved: { requests: 0, outputTokens: 0, usd: 0 } });
		const error = await teacher.ask(makeRequest("one more"), never).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(CandorError);
		expect(error).toMatchObject({ exitCode: exitCodes.budgetReached });
		expect(String(error)).toContain("70 output tokens of 130 output tokens spent");
		expect((error as CandorError).remedy).toContain("Raise budget.outputTokens (now 130)");
		await close();
		const raised = open(folder, { outputTokens: 140 });
		await raised.through(async () => reply(usage)).ask(makeRequest("one more"), never);
		await raised.close();
	}));

test("what surely costs nothing is given back; what may have been charged counts at its worst", () =>
	withFolder(async (folder) => {
		const { through, book, close } = open(folder, { requests: 100 });
		const failing = (error: unknown) =>
			through(() => Promise.reject(error))
				.ask(makeRequest("x"), never)
				.catch(() => undefined);
		for (const status of [400, 401, 413, 429, 500, 503]) await failing(new TransportError("status", "no", { status }));
		await failing(new TransportError("connection", "nothing listens there", { unsent: true }));
		await failing(new CandorError("the picture cannot be read", { exitCode: exitCodes.configuration }));
		expect(book.spent.requests).toBe(0);
		for (const status of [408, 502, 504, 524]) await failing(new TransportError("status", "no", { status }));
		await failing(new TransportError("connection", "the server cannot be reached: read ECONNRESET"));
		await failing(new TransportError("connection", "the reply broke off: other side closed"));
		await failing(new TransportError("timeout", "no reply within 10 ms"));
		await failing(new TransportError("protocol", "the server sent broken JSON"));
		await failing(new DOMException("aborted", "AbortError"));
		expect(book.spent.requests).toBe(9);
		await through(async () => reply()).ask(makeRequest("x"), never);
		expect(book.spent).toMatchObject({ requests: 10, outputTokens: 640 });
		expect(book.reserved.requests).toBe(0);
		await close();
	}));

test("what waits leaves when it is aborted or the run is stopped, and is never sent", () =>
	withFolder(async (folder) => {
		const stopping = new AbortController();
		const { through, book, close } = open(folder, { requests: 1 }, stopping.signal);
		let sent = 0;
		let finish = () => {};
		const teacher = through(async () => {
			sent += 1;
			await new Promise<void>((resolve) => {
				finish = resolve;
			});
			return reply(usage);
		});
		const first = teacher.ask(makeRequest("a"), never);
		const own = new AbortController();
		const aborted = teacher.ask(makeRequest("b"), own.signal);
		const stopped = teacher.ask(makeRequest("c"), never);
		await sleep(20);
		own.abort();
		await expect(aborted).rejects.toBe(own.signal.reason);
		stopping.abort();
		await expect(stopped).rejects.toBe(stopping.signal.reason);
		finish();
		await first;
		expect([sent, book.spent.requests]).toEqual([1, 1]);
		await close();
	}));

test("once the minutes are over nothing more is sent; what is in flight comes home", () =>
	withFolder(async (folder) => {
		const { through, book, close } = open(folder, { minutes: 0.0005 });
		const teacher = through(async () => {
			await sleep(60);
			return reply(usage);
		});
		await teacher.ask(makeRequest("a"), never);
		await expect(teacher.ask(makeRequest("b"), never)).rejects.toMatchObject({ exitCode: exitCodes.budgetReached });
		expect(book.spent.requests).toBe(1);
		await close();
	}));

test("a server that counts more than the worst case is believed from then on, and told of once", () =>
	withFolder(async (folder) => {
		const { through, budget, warnings, close } = open(folder, { inputTokens: 1_000_000 });
		const teacher = through(async () => reply({ inputTokens: 5000, outputTokens: 10 }));
		await teacher.ask(makeRequest("a"), never);
		const again = teacher.ask(makeRequest("a"), never);
		const reserved = budget.read().reserved.inputTokens;
		await again;
		expect(reserved).toBeGreaterThanOrEqual(5000);
		expect(warnings).toHaveLength(1);
		expect(warnings[0]).toContain("teacher.imageTokens");
		await close();
	}));

type Fate = "answers" | "hides its usage" | "refuses" | "is not there" | "breaks off" | "never answers";

test("however requests end, and however often the process is cut off, the server never counts more than the budget", async () => {
	const fate = fc.constantFrom<Fate>("answers", "answers", "answers", "hides its usage", "refuses", "is not there", "breaks off", "never answers");
	const request = fc.record({ length: fc.nat(200), share: fc.double({ min: 0, max: 1, noNaN: true }), fate, waitMs: fc.nat(3) });
	const sessions = fc.array(fc.array(request, { minLength: 1, maxLength: 24 }), { minLength: 1, maxLength: 4 });
	const limits = fc.oneof(
		fc.record({ requests: fc.integer({ min: 1, max: 30 }) }),
		fc.record({ outputTokens: fc.integer({ min: 1, max: 2000 }), inputTokens: fc.integer({ min: 100, max: 20_000 }) }),
		fc.record({ usd: fc.double({ min: 0.01, max: 8, noNaN: true }), requests: fc.integer({ min: 1, max: 60 }) }),
	);
	await fc.assert(
		fc.asyncProperty(sessions, limits, (runs, limit: BudgetLimits) =>
			withFolder(async (folder) => {
				const charged = { requests: 0, inputTokens: 0, outputTokens: 0, usd: 0 };
				const charge = (text: string, share: number): Usage => {
					const own = { inputTokens: Math.round(text.length * (0.2 + 0.8 * share)), outputTokens: Math.round(64 * share) };
					charged.requests += 1;
					charged.inputTokens += own.inputTokens;
					charged.outputTokens += own.outputTokens;
					charged.usd += (own.inputTokens * 1000 + own.outputTokens * 4000) / 1e6;
					return own;
				};
				for (const requests of runs) {
					const { through, cutOff, book } = open(folder, limit);
					const asking = requests.map(async ({ length, share, fate: end, waitMs }) => {
						const teacher = through(async (text) => {
							if (end === "is not there") throw new TransportError("connection", "nothing listens there", { unsent: true });
							if (end === "refuses") throw new TransportError("status", "busy", { status: 429 });
							const own = charge(text, share);
							await sleep(waitMs);
							if (end === "breaks off") throw new TransportError("connection", "the reply broke off: terminated");
							if (end === "never answers") await new Promise(() => {});
							return end === "hides its usage" ? reply() : reply(own);
						});
						await teacher.ask(makeRequest("x".repeat(length)), never).catch(() => undefined);
					});
					await Promise.race([Promise.all(asking), sleep(60)]);
					await cutOff();
					for (const key of ["requests", "inputTokens", "outputTokens", "usd"] as const) {
						const counted = book.spent[key] + book.reserved[key];
						expect(counted).toBeGreaterThanOrEqual(charged[key] - 1e-9);
						expect(charged[key]).toBeLessThanOrEqual((limit[key] ?? Number.POSITIVE_INFINITY) + 1e-6);
					}
				}
				const last = open(folder, limit);
				for (const key of ["requests", "inputTokens", "outputTokens", "usd"] as const)
					expect(last.book.earlier[key]).toBeGreaterThanOrEqual(charged[key] - 1e-9);
				await last.close();
			}),
		),
		{ numRuns: 25 },
	);
}, 60_000);
