import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLedgerForReading } from "../../src/teacher/index.js";
import { startFakeTeacher, textOf } from "../support/fake-teacher.js";
import { makeRequest } from "../support/make-request.js";
import { openStack, withFolder } from "../support/open-stack.js";
import { startFakeTeacherProcess } from "../support/start-fake-process.js";

const { signal } = new AbortController();
const requests = Array.from({ length: 40 }, (_, index) => makeRequest(`item-${index % 20};`));

test("with many faults every request is asked until answered, stored once, and never asked again", () =>
	withFolder(async (folder) => {
		const apiKey = "sk-very-secret-1234";
		const fake = await startFakeTeacher({
			answer: (body) => textOf(body),
			seed: 7,
			faults: [
				{ match: "item-3;", fault: { type: "status", status: 400, message: `no, ${apiKey}` } },
				{ share: 0.3, fault: { type: "status", status: 500 } },
				{ share: 0.2, fault: { type: "half-json" } },
				{ share: 0.1, fault: { type: "reset" } },
			],
		});
		const options = { baseUrl: fake.baseUrl, retries: 20, apiKey };
		const first = openStack(folder, options);
		const answers = await Promise.all(requests.map((request) => first.ask(request, signal)));
		await first.close();
		expect(answers.filter((answer) => answer.type === "failure").length).toBe(2);
		expect(fake.stats().answered).toBe(19);

		const asked = fake.stats().total;
		const second = openStack(folder, options);
		expect(await Promise.all(requests.map((request) => second.ask(request, signal)))).toEqual(answers);
		await second.close();
		expect(fake.stats().total).toBe(asked);
		await fake.close();

		const ledger = openLedgerForReading(folder);
		expect(JSON.stringify([...ledger.entries()])).not.toContain(apiKey);
		expect(ledger.count()).toBe(20);
		await ledger.close();
		expect(readFileSync(join(folder, "data.mdb")).includes(apiKey)).toBe(false);
	}));

test("an outage leaves nothing in the ledger but what was answered", () =>
	withFolder(async (folder) => {
		const fake = await startFakeTeacher({ answer: () => "red", faults: [] });
		const stack = openStack(folder, { baseUrl: fake.baseUrl, outageMs: 150, retries: 0 });
		await stack.ask(makeRequest("item-0;"), signal);
		fake.control({ faults: [{ fault: { type: "reset" } }] });
		await expect(stack.ask(makeRequest("item-1;"), signal)).rejects.toMatchObject({ exitCode: 4 });
		await stack.close();
		const ledger = openLedgerForReading(folder);
		expect([...ledger.entries()].map((entry) => entry.answer.type)).toEqual(["reply"]);
		await ledger.close();
		await fake.close();
	}));

test("the fake teacher runs in a process of its own and is controlled from outside", async () => {
	await withFolder(async (folder) => {
		const fake = await startFakeTeacherProcess({ latencyMs: 1 });
		await fake.control({ faults: [{ fault: { type: "status", status: 503 }, times: 1 }] });
		const stack = openStack(folder, { baseUrl: fake.baseUrl });
		expect(await stack.ask(makeRequest("hello"), signal)).toMatchObject({ text: "echo: Be brief.\nhello" });
		expect(await fake.stats()).toMatchObject({ total: 2, answered: 1, inFlight: 0, inFlightMax: 1 });
		await stack.close();
		await fake.close();
	});
});
