import { expect, test } from "vitest";
import { type Ledger, openLedger, rememberReplies, requestKey, type Teacher, type TeacherAnswer } from "../../src/teacher/index.js";
import { makeRequest } from "../support/make-request.js";
import { withFolder } from "../support/open-stack.js";

const { signal } = new AbortController();

/** A teacher whose answers are given by hand. */
function makeTeacher() {
	const waiting: { resolve: (answer: TeacherAnswer) => void; reject: (error: unknown) => void }[] = [];
	const teacher: Teacher = {
		ask: (_, askSignal) =>
			new Promise((resolve, reject) => {
				waiting.push({ resolve, reject });
				askSignal.addEventListener("abort", () => reject(askSignal.reason));
			}),
		close: async () => {},
	};
	return { teacher, waiting };
}

const reply: TeacherAnswer = { type: "reply", text: "red", finishReason: "stop" };

function withLedger(use: (ledger: Ledger) => Promise<void>): Promise<void> {
	return withFolder(async (folder) => {
		const ledger = openLedger(folder);
		await use(ledger);
		await ledger.close();
	});
}

test.each<TeacherAnswer>([reply, { type: "failure", reason: "request-refused", detail: "400 no" }])(
	"a committed answer is not asked for again: $type",
	(answer) =>
		withLedger(async (ledger) => {
			const { teacher, waiting } = makeTeacher();
			const counts = { hits: 0, asks: 0, answers: 0 };
			const remembering = rememberReplies(teacher, ledger, {
				onHit: () => (counts.hits += 1),
				onAsk: () => (counts.asks += 1),
				onAnswer: () => (counts.answers += 1),
			});
			const request = makeRequest("a");
			const first = remembering.ask(request, signal);
			const second = remembering.ask({ ...request, priority: 3 }, signal);
			waiting[0]?.resolve(answer);
			expect(await first).toEqual(answer);
			expect(ledger.get(requestKey(request))?.answer).toEqual(answer);
			expect(await second).toEqual(answer);
			expect(await remembering.ask(request, signal)).toEqual(answer);
			expect(waiting.length).toBe(1);
			expect(counts).toEqual({ hits: 2, asks: 1, answers: 1 });
		}),
);

test("an answer is committed before it is returned", () =>
	withLedger(async (ledger) => {
		const events: string[] = [];
		const slow: Ledger = {
			...ledger,
			async put(key, entry) {
				await ledger.put(key, entry);
				events.push("committed");
			},
		};
		const { teacher, waiting } = makeTeacher();
		const remembering = rememberReplies(teacher, slow);
		const asked = remembering.ask(makeRequest("a"), signal).then(() => events.push("returned"));
		waiting[0]?.resolve(reply);
		await asked;
		expect(events).toEqual(["committed", "returned"]);
	}));

test("an exception reaches all who wait, is not stored, and the next one asks again", () =>
	withLedger(async (ledger) => {
		const { teacher, waiting } = makeTeacher();
		const remembering = rememberReplies(teacher, ledger);
		const request = makeRequest("a");
		const both = Promise.allSettled([remembering.ask(request, signal), remembering.ask(request, signal)]);
		const outage = new Error("outage");
		waiting[0]?.reject(outage);
		expect(await both).toEqual([
			{ status: "rejected", reason: outage },
			{ status: "rejected", reason: outage },
		]);
		expect(ledger.count()).toBe(0);
		const again = remembering.ask(request, signal);
		waiting[1]?.resolve(reply);
		expect(await again).toEqual(reply);
	}));

test("who waits goes when aborted, and takes over when the one who asked is aborted", () =>
	withLedger(async (ledger) => {
		const { teacher, waiting } = makeTeacher();
		const remembering = rememberReplies(teacher, ledger);
		const [asker, leaver] = [new AbortController(), new AbortController()];
		const request = makeRequest("a");
		const first = remembering.ask(request, asker.signal);
		const leaving = remembering.ask(request, leaver.signal);
		const staying = remembering.ask(request, signal);
		leaver.abort("left");
		await expect(leaving).rejects.toBe("left");
		asker.abort("gone");
		await expect(first).rejects.toBe("gone");
		await expect.poll(() => waiting.length).toBe(2);
		waiting[1]?.resolve(reply);
		expect(await staying).toEqual(reply);
	}));
