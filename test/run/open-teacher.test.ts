import { afterEach, expect, test } from "vitest";
import { type Config, teacherSchema } from "../../src/config/index.js";
import { checkKey, type OpenTeacher, openTeacher } from "../../src/run/open-teacher.js";
import { openBudget, openLedger, openSpend } from "../../src/teacher/index.js";
import { type FakeTeacher, type FakeTeacherOptions, startFakeTeacher, textOf } from "../support/fake-teacher.js";
import { makeRequest } from "../support/make-request.js";
import { withFolder } from "../support/open-stack.js";

const fakes: FakeTeacher[] = [];
afterEach(async () => {
	for (const fake of fakes.splice(0)) await fake.close();
});
const { signal } = new AbortController();

async function start(options: Partial<FakeTeacherOptions> = {}): Promise<FakeTeacher> {
	const fake = await startFakeTeacher({ answer: (body) => textOf(body), keepsRequests: true, ...options });
	fakes.push(fake);
	return fake;
}

const settings = (change: object): Config["teacher"] => teacherSchema.parse({ type: "openai", model: "fake-vlm", ...change });

function withTeacher(change: object, env: Record<string, string>, use: (open: OpenTeacher, warnings: string[]) => Promise<void>): Promise<void> {
	return withFolder(async (folder) => {
		const ledger = openLedger(folder);
		const warnings: string[] = [];
		const budget = openBudget(
			openSpend(ledger, () => undefined),
			{},
			signal,
		);
		const open = openTeacher(settings(change), {
			runFolder: folder,
			ledger,
			env,
			events: {},
			budget,
			warn: (message) => warnings.push(message),
			stopping: signal,
			role: "teacher",
		});
		try {
			await use(open, warnings);
		} finally {
			await open.teacher.close();
			await budget.close();
			await ledger.close();
		}
	});
}

const askMany = ({ teacher }: OpenTeacher, count: number) =>
	Promise.all(Array.from({ length: count }, (_, index) => teacher.ask(makeRequest(`item-${index};`), signal)));

test("each endpoint is sent its own key, and what is not said of it is as for the teacher", async () => {
	const [one, two] = [await start(), await start()];
	const change = {
		baseUrl: one.baseUrl,
		apiKeyEnv: "FIRST_KEY",
		endpoints: [{}, { baseUrl: two.baseUrl, apiKeyEnv: "SECOND_KEY" }, { apiKeyEnv: "THIRD_KEY" }],
	};
	await withTeacher(change, { FIRST_KEY: "key-1", SECOND_KEY: "key-2", THIRD_KEY: "key-3" }, async (open) => {
		await askMany(open, 30);
		const keysOf = (fake: FakeTeacher) => new Set(fake.stats().requests.map(({ headers }) => headers.authorization));
		expect(keysOf(one)).toEqual(new Set(["Bearer key-1", "Bearer key-3"]));
		expect(keysOf(two)).toEqual(new Set(["Bearer key-2"]));
		expect(open.stats?.()).toEqual({ inFlight: 0, limit: 48, waiting: 0, refusals: 0, retries: 0, hedges: 0, endpoints: 3, endpointsUp: 3 });
	});
});

test("the numbers tell of refusals, tries and endpoints that are out", async () => {
	const limited = { type: "status", status: 429, headers: { "retry-after-ms": "5" } } as const;
	const [one, two] = [
		await start({ faults: [{ fault: { type: "status", status: 401 } }] }),
		await start({ faults: [{ match: "item-3;", times: 1, fault: limited }] }),
	];
	await withTeacher({ endpoints: [{ baseUrl: one.baseUrl }, { baseUrl: two.baseUrl }] }, {}, async (open, warnings) => {
		await askMany(open, 20);
		expect(open.stats?.()).toMatchObject({ endpoints: 2, endpointsUp: 1, refusals: 1, retries: 1, inFlight: 0, waiting: 0 });
		expect(warnings).toEqual([expect.stringContaining(one.baseUrl)]);
	});
});

test("a run whose requests all fail is stopped", async () => {
	const fake = await start({ faults: [{ fault: { type: "status", status: 422, message: "no pictures here" } }] });
	await withTeacher({ baseUrl: fake.baseUrl }, {}, async (open) => {
		const results = await Promise.allSettled(Array.from({ length: 60 }, (_, index) => open.teacher.ask(makeRequest(`item-${index};`), signal)));
		expect(results.find(({ status }) => status === "rejected")).toMatchObject({
			reason: { exitCode: 4, message: expect.stringContaining("no pictures here") },
		});
	});
});

test("every endpoint that needs a key has one", () => {
	const teacher = settings({ baseUrl: "http://localhost:8000/v1", endpoints: [{}, { baseUrl: "https://api.openai.com/v1", apiKeyEnv: "SECOND_KEY" }] });
	expect(() => checkKey(teacher, {})).toThrow(/api\.openai\.com needs a key.*SECOND_KEY/);
	expect(() => checkKey(teacher, { SECOND_KEY: "key" })).not.toThrow();
});
