import { expect, test } from "vitest";
import { type Config, configSchema } from "../../../src/config/index.js";
import type { Finding } from "../../../src/run/doctor/check.js";
import { type DoctorReport, examineServers } from "../../../src/run/doctor/index.js";
import { judgePace } from "../../../src/run/doctor/pace.js";
import type { Dialect } from "../../../src/teacher/index.js";
import type { TeacherInput } from "../../support/make-run.js";
import type { ServerKind } from "../../support/server-kinds.js";
import { startServerKindProcess } from "../../support/start-server-kind.js";

function configOf(baseUrl: string, teacher: TeacherInput = {}): Config {
	return configSchema.parse({ out: "run", source: { type: "sample" }, teacher: { type: "openai", baseUrl, model: "fake-vlm", timeoutMs: 20_000, ...teacher } });
}

async function examineKind(kind: ServerKind, teacher: TeacherInput = {}, env: Record<string, string> = {}): Promise<DoctorReport> {
	const server = await startServerKindProcess(kind);
	try {
		return await examineServers(configOf(server.baseUrl, teacher), { env, student: false, signal: new AbortController().signal });
	} finally {
		await server.close();
	}
}

function finding(report: DoctorReport, check: string): Finding | undefined {
	return report.servers[0]?.findings.find((one) => one.check === check);
}

/** All that is not well, by check, but for what depends on how busy this machine is. */
function troubles(report: DoctorReport): Record<string, string> {
	const amiss = (report.servers[0]?.findings ?? []).filter(({ check, result }) => result !== "ok" && check !== "latency");
	return Object.fromEntries(amiss.map(({ check, result }) => [check, result]));
}

test("of a server that does everything well nothing is amiss, and what it took is counted", async () => {
	const report = await examineKind({ cachedTokens: 1024, headers: { "x-ratelimit-limit-requests": "5000", "x-ratelimit-remaining-requests": "4999" } });
	expect(troubles(report)).toEqual({});
	expect(report.exitCode).toBe(0);
	expect(finding(report, "rate limits")?.found).toBe("requests: 4999 of 5000 left");
	expect(finding(report, "prefix cache")?.found).toMatch(/^1024 of \d+ tokens/);
	expect(finding(report, "vision")?.found).toContain("takes 256 tokens");
	const { cost } = report.servers[0] ?? {};
	expect(cost).toMatchObject({ requests: 18, uncounted: 0 });
	expect(cost?.inputTokens).toBeLessThan(5000);
});

test.each<[Dialect]>([["json-schema"], ["structured-outputs"], ["guided-json"], ["json-object-schema"], ["json-object"]])(
	"a server that speaks %s alone is found to, whatever the config says",
	async (dialect) => {
		const other: Dialect = dialect === "json-schema" ? "guided-json" : "json-schema";
		const wrong = await examineKind({ dialects: [dialect] }, { structuredOutput: other });
		expect(troubles(wrong)).toEqual({ "structured output": "fail" });
		expect(finding(wrong, "structured output")?.remedy).toBe(`teacher.structuredOutput: ${dialect}`);
		expect(wrong.exitCode).toBe(3);
		const right = await examineKind({ dialects: [dialect] }, { structuredOutput: dialect });
		expect(troubles(right)).toEqual({});
	},
);

test("where a dialect is not refused but does nothing, that is a warning; where no JSON comes at all, a failure", async () => {
	const ignored = await examineKind({ dialects: [], ignoresUnknown: true });
	expect(troubles(ignored)).toEqual({ "structured output": "warn" });
	expect(finding(ignored, "structured output")).toMatchObject({
		found: "json-schema ignored, structured-outputs ignored, guided-json ignored, json-object-schema ignored, json-object works",
		remedy: "teacher.structuredOutput: json-object",
	});
	expect(ignored.exitCode).toBe(0);
	const prose = await examineKind({ dialects: [], ignoresUnknown: true, writesJson: false });
	expect(troubles(prose)).toEqual({ "structured output": "fail" });
});

test("a better dialect than the config's is named, and the config's is tried all the same", async () => {
	const report = await examineKind({}, { structuredOutput: "none" });
	expect(troubles(report)).toEqual({});
	expect(finding(report, "structured output")).toMatchObject({ remedy: "teacher.structuredOutput: json-schema" });
});

test("a model that sees nothing fails, whether it guesses or the server refuses pictures", async () => {
	const blind = await examineKind({ pictures: "blind" });
	expect(troubles(blind)).toEqual({ vision: "fail" });
	expect(finding(blind, "vision")?.found).toContain("as guessing would");
	expect(blind.exitCode).toBe(3);
	const refusing = await examineKind({ pictures: "refuses" });
	expect(troubles(refusing)).toEqual({ vision: "fail" });
	expect(finding(refusing, "vision")?.found).toContain("this model does not take pictures");
});

test.each<[ServerKind["thoughts"], string]>([
	["reasoning_content", "in reasoning_content"],
	["tags", "in <think> in the text"],
])("thoughts are found where they come: %s", async (thoughts, where) => {
	const report = await examineKind({ ...(thoughts === undefined ? {} : { thoughts }) });
	expect(troubles(report)).toEqual({});
	expect(finding(report, "thoughts")?.found).toContain("it thinks (12 tokens)");
	expect(finding(report, "thoughts")?.found).toContain(where);
});

test("a model whose thoughts leave no room for a reply: how much room it wants", async () => {
	const report = await examineKind({ thoughts: "reasoning_content", thoughtTokens: 600 });
	expect(troubles(report)).toEqual({ "plain reply": "fail" });
	expect(finding(report, "plain reply")?.remedy).toBe("teacher.maxOutputTokens: 2048");
});

test("no usage, a limit that is not kept, a cut that is not told: warnings", async () => {
	const uncounted = await examineKind({ withoutUsage: true });
	expect(troubles(uncounted)).toEqual({ "plain reply": "warn" });
	expect(uncounted.servers[0]?.cost.uncounted).toBe(17);
	expect(troubles(await examineKind({ ignoresCap: true }))).toEqual({ "max output tokens": "warn" });
	expect(troubles(await examineKind({ hidesCut: true }))).toEqual({ "max output tokens": "warn" });
});

test.each([
	["temperature", "teacher.temperature: 1"],
	["seed", "Every request carries a seed"],
])("a server that refuses %s is found to", async (name, remedy) => {
	const report = await examineKind({ refuses: [name] });
	expect(troubles(report)).toEqual({ sampling: "fail" });
	expect(finding(report, "sampling")?.found).toBe(`${name} is refused: HTTP 400: unsupported parameter: ${name}`);
	expect(finding(report, "sampling")?.remedy).toContain(remedy);
});

test("a server that takes one request at a time is found to; one that takes several, or answers at once, is not", async () => {
	expect(finding(await examineKind({ latencyMs: 150, serial: true }), "latency")?.result).toBe("warn");
	const endpoint = { role: "teacher" as const, settings: configOf("http://localhost/v1").teacher };
	expect(judgePace(200, 790, endpoint)).toMatchObject({ result: "warn", remedy: expect.stringContaining("teacher.concurrency: 2") });
	expect(judgePace(200, 260, endpoint)).toEqual({ result: "ok", found: "median 200 ms; 4 at once take 260 ms, 3.1 times as fast as in turn" });
	expect(judgePace(10, 40, endpoint).result).toBe("ok");
	expect(judgePace(200, 790, { ...endpoint, settings: { ...endpoint.settings, concurrency: 1 } }).result).toBe("ok");
});

test("a key that is refused ends it with 4, and stands nowhere although the server repeats it", async () => {
	const key = "sk-test-0123456789abcdef";
	const report = await examineKind({ key: "sk-another" }, { apiKeyEnv: "DOCTOR_KEY" }, { DOCTOR_KEY: key });
	expect(troubles(report)).toEqual({ key: "fail" });
	expect(report).toMatchObject({ exitCode: 4, servers: [{ stoppedBy: "key", cost: { requests: 2 } }] });
	expect(finding(report, "key")?.found).toContain("incorrect API key provided: Bearer [key]");
	expect(JSON.stringify(report)).not.toContain(key);
	const missing = await examineKind({ key }, { apiKeyEnv: "DOCTOR_KEY" });
	expect(finding(missing, "key")?.found).toContain("DOCTOR_KEY is not set");
	const accepted = await examineKind({ key }, { apiKeyEnv: "DOCTOR_KEY" }, { DOCTOR_KEY: key });
	expect(accepted.exitCode).toBe(0);
	expect(JSON.stringify(accepted)).not.toContain(key);
});

test("a model that is not there: the nearest names", async () => {
	const report = await examineKind({ models: ["qwen3-vl-8b-instruct", "llava-1.5-7b", "whisper"] }, { model: "Qwen/Qwen3-VL-8B" });
	expect(troubles(report)).toEqual({ model: "fail", "plain reply": "fail" });
	expect(finding(report, "model")?.remedy).toBe("teacher.model: qwen3-vl-8b-instruct");
	expect(report).toMatchObject({ exitCode: 3, servers: [{ stoppedBy: "plain reply" }] });
});

test("a web page or a redirect where an API should be", async () => {
	const page = await examineKind({ page: true });
	expect(finding(page, "address")).toMatchObject({ result: "fail", found: "HTTP 200: an HTML page (Welcome), where an API should be" });
	expect(page.exitCode).toBe(4);
	const redirect = await examineKind({ redirect: "https://elsewhere.example/api/v1/models?token=secret" });
	expect(finding(redirect, "address")).toMatchObject({ result: "fail", remedy: "teacher.baseUrl: https://elsewhere.example/api/v1" });
});

test("nothing listens, the name is unknown, the encryption is none: each step has its name", async () => {
	const server = await startServerKindProcess({});
	const examineAt = (baseUrl: string) => examineServers(configOf(baseUrl), { env: {}, student: false, signal: new AbortController().signal });
	const overTls = await examineAt(server.baseUrl.replace("http:", "https:"));
	expect(finding(overTls, "address")?.found).toMatch(/^TLS: /);
	await server.close();
	const closed = await examineAt(server.baseUrl);
	expect(finding(closed, "address")?.found).toMatch(/^TCP: .*ECONNREFUSED/);
	expect(closed).toMatchObject({ exitCode: 4, servers: [{ stoppedBy: "address", cost: { requests: 0 } }] });
	const unknown = await examineAt("http://no-such-host.invalid/v1");
	expect(finding(unknown, "address")?.found).toMatch(/^DNS: /);
});

test("a server that is too slow: the setting is named", async () => {
	const report = await examineKind({ latencyMs: 60_000 }, { timeoutMs: 300 });
	expect(finding(report, "plain reply")).toMatchObject({ result: "fail", found: "no answer within 300 ms" });
	expect(finding(report, "plain reply")?.remedy).toContain("teacher.timeoutMs");
	expect(report.exitCode).toBe(3);
});

test("a model that says nonsense fails where it should have said something, and nothing breaks", async () => {
	const report = await examineKind({ noise: true });
	expect(troubles(report)).toEqual({ instructions: "fail", vision: "fail", "structured output": "fail" });
	expect(report.exitCode).toBe(3);
});

test("every endpoint is examined with its own address and key; what else is amiss is the teacher's to change", async () => {
	const [one, other] = await Promise.all([startServerKindProcess({}), startServerKindProcess({ key: "sk-other-0123456789", dialects: ["json-object"] })]);
	const endpoints = [{ baseUrl: one.baseUrl }, { baseUrl: other.baseUrl, apiKeyEnv: "OTHER_KEY" }, { baseUrl: other.baseUrl }];
	const config = configOf("http://127.0.0.1:9/v1", { endpoints });
	const report = await examineServers(config, { env: { OTHER_KEY: "sk-other-0123456789" }, student: false, signal: new AbortController().signal });
	await Promise.all([one.close(), other.close()]);
	expect(report.servers.map(({ path }) => path)).toEqual(["teacher.endpoints[0]", "teacher.endpoints[1]", "teacher.endpoints[2]"]);
	expect(
		report.servers.map(({ findings }) =>
			findings.filter(({ check, result }) => result !== "ok" && check !== "latency").map(({ check, remedy }) => [check, remedy]),
		),
	).toEqual([[], [["structured output", "teacher.structuredOutput: json-object"]], [["key", expect.stringContaining("export OPENAI_API_KEY=")]]]);
	expect(report.exitCode).toBe(4);
});

test("a scripted teacher is no server; the student is examined where it is asked for, for what it is asked", async () => {
	const options = { env: {}, signal: new AbortController().signal };
	const scripted = configSchema.parse({ out: "run", source: { type: "sample" } });
	expect(await examineServers(scripted, { ...options, student: false })).toEqual({ servers: [], exitCode: 0 });
	await expect(examineServers(scripted, { ...options, student: true })).rejects.toMatchObject({ exitCode: 2 });
	const server = await startServerKindProcess({ dialects: [] });
	const report = await examineServers(configSchema.parse({ ...scripted, student: { baseUrl: server.baseUrl, model: "fake-vlm" } }), {
		...options,
		student: true,
	});
	await server.close();
	expect(report.servers.map(({ path }) => path)).toEqual(["student"]);
	expect(troubles(report)).toEqual({ "structured output": "skipped" });
});
