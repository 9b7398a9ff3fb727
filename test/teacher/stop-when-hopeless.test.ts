import { expect, test } from "vitest";
import { stopWhenHopeless, type Teacher, type TeacherAnswer } from "../../src/teacher/index.js";
import { startFakeTeacher, textOf } from "../support/fake-teacher.js";
import { makeRequest } from "../support/make-request.js";
import { openStack, withFolder } from "../support/open-stack.js";

const { signal } = new AbortController();
const reply: TeacherAnswer = { type: "reply", text: "red", finishReason: "stop" };
const refused = (detail: string): TeacherAnswer => ({ type: "failure", reason: "request-refused", detail });
const failed: TeacherAnswer = { type: "failure", reason: "request-failed", detail: "failed 3 times" };

/** Asks until the answers are used up. @returns how many came through, and what stopped it */
async function askAll(answers: readonly TeacherAnswer[], maxFailureShare = 0.5): Promise<{ came: number; error?: unknown }> {
	const left = [...answers];
	const scripted: Teacher = { ask: async () => left.shift() ?? reply, close: async () => {} };
	const teacher = stopWhenHopeless(scripted, { maxFailureShare });
	for (let came = 0; came < answers.length; came += 1) {
		try {
			await teacher.ask(makeRequest("a"), signal);
		} catch (error) {
			return { came, error };
		}
	}
	return { came: answers.length };
}

test("where every request fails, the fiftieth ends the run, with counts, the commonest message and what to do", async () => {
	const answers = Array.from({ length: 80 }, (_, index) => (index % 3 === 0 ? failed : refused(`400 picture ${index} is too large`)));
	const { came, error } = await askAll(answers);
	expect(came).toBe(49);
	expect(error).toMatchObject({
		exitCode: 4,
		message: "50 of the last 50 requests to the teacher failed (request-failed 17, request-refused 33), most often with: 400 picture 1 is too large",
		remedy: expect.stringMatching(/same command again.*teacher\.maxFailureShare \(now 0\.5; 1 never stops\)/),
	});
});

test("half of them, or a handful at the beginning, does not end it", async () => {
	expect(await askAll(Array.from({ length: 500 }, (_, index) => (index % 2 === 1 ? failed : reply)))).toEqual({ came: 500 });
	expect(await askAll([...Array.from({ length: 25 }, () => failed), ...Array.from({ length: 200 }, () => reply)])).toEqual({ came: 225 });
	expect(await askAll(Array.from({ length: 49 }, () => failed))).toEqual({ came: 49 });
});

test("what was well long ago does not count", async () => {
	const { came } = await askAll([...Array.from({ length: 1000 }, () => reply), ...Array.from({ length: 100 }, () => failed)]);
	expect(came).toBe(1050);
});

test("1 never stops, less stops sooner", async () => {
	const all = Array.from({ length: 300 }, () => failed);
	expect(await askAll(all, 1)).toEqual({ came: 300 });
	expect((await askAll([...Array.from({ length: 60 }, () => reply), ...all], 0.1)).came).toBe(66);
});

test("failures that are read from the ledger count for nothing", () =>
	withFolder(async (folder) => {
		const fake = await startFakeTeacher({ answer: (body) => textOf(body), faults: [{ match: "bad", fault: { type: "status", status: 400 } }] });
		const ask = async (texts: readonly string[]) => {
			const stack = openStack(folder, { baseUrl: fake.baseUrl });
			try {
				for (const text of texts) await stack.ask(makeRequest(text), signal);
			} finally {
				await stack.close();
			}
		};
		const bad = Array.from({ length: 49 }, (_, index) => `bad-${index};`);
		await ask(bad);
		await ask([...bad, ...Array.from({ length: 60 }, (_, index) => `good-${index};`)]);
		await expect(ask(Array.from({ length: 60 }, (_, index) => `bad-${100 + index};`))).rejects.toMatchObject({ exitCode: 4 });
		await fake.close();
	}));
