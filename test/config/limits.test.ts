import { expect, test } from "vitest";
import { checkConfig } from "../../src/config/check-config.js";
import { type ConfigInput, configSchema } from "../../src/config/schema.js";

function problemsOf(teacher: ConfigInput["teacher"]): string[] {
	const config = configSchema.parse({ name: "tiny", out: "run", source: { type: "sample" }, teacher: { type: "openai", model: "vlm", ...teacher } });
	return checkConfig(config).map(({ path, text }) => `${path.join(".")} ${text}`);
}

const [one, two] = ["http://one:8000/v1", "http://two:8000/v1"];

test("endpoints with addresses of their own need no common one", () => {
	expect(problemsOf({ endpoints: [{ baseUrl: one }, { baseUrl: two }] })).toEqual([]);
	expect(problemsOf({ baseUrl: one, endpoints: [{ apiKeyEnv: "A" }, { apiKeyEnv: "B" }] })).toEqual([]);
	expect(problemsOf({ endpoints: [{ baseUrl: one }, { apiKeyEnv: "B" }] })).toEqual([expect.stringMatching(/^teacher\.baseUrl missing/)]);
});

test("an endpoint is not there twice, and is a base URL", () => {
	expect(problemsOf({ baseUrl: one, endpoints: [{}, { baseUrl: two }, { baseUrl: one }] })).toEqual([
		expect.stringMatching(/^teacher\.endpoints\.2 is there twice.*teacher\.concurrency/),
	]);
	expect(problemsOf({ endpoints: [{ baseUrl: `${one}/chat/completions` }] })).toEqual([
		expect.stringMatching(/^teacher\.endpoints\.0\.baseUrl ends in \/chat\/completions/),
	]);
});

test("off unless given: hedging, limits; a run stops when half of its requests fail", () => {
	const { teacher } = configSchema.parse({ name: "tiny", out: "run", source: { type: "sample" } });
	expect(teacher).toMatchObject({ maxFailureShare: 0.5, limits: {} });
	expect(teacher.hedge).toBeUndefined();
	expect(configSchema.parse({ name: "tiny", out: "run", source: { type: "sample" }, teacher: { hedge: {} } }).teacher.hedge).toEqual({
		afterPercentile: 95,
		maxShare: 0.05,
	});
});
