import { type Scenario, scenarioTable } from "../records/index.js";
import type { Problem } from "./problem.js";
import type { Config } from "./schema.js";
import { showName } from "./secrets.js";
import { suggestion } from "./suggest.js";

const builtInPipelines = ["srt", "sft", "dpo"];

/** What single values cannot tell: settings that need or exclude one another. */
export function checkConfig(config: Config): Problem[] {
	return [
		...checkTeacher(config.teacher),
		...checkPipelines(config),
		...checkRows(config),
		...checkStudent(config),
		...checkShares(config.dialogue),
		...checkBudget(config),
	];
}

/** Whether an entry of `pipelines` is a file of the user's own, rather than the name of a built-in pipeline. */
export function isPipelinePath(entry: string): boolean {
	return /[\\/]|\.[cm]?[jt]s$/.test(entry);
}

/** What is wrong with the entry of a list of pipelines; undefined where nothing is. */
export function pipelineProblem(entry: string): string | undefined {
	if (isPipelinePath(entry) || builtInPipelines.includes(entry)) {
		return undefined;
	}
	return `no such pipeline: must be ${builtInPipelines.join(", ")}, or the path of a file of your own (./my-pipeline.ts)${suggestion(entry, builtInPipelines)}`;
}

function checkTeacher(teacher: Config["teacher"]): Problem[] {
	const problems: Problem[] = [];
	if (teacher.type === "openai") {
		const needsAddress = teacher.endpoints === undefined || teacher.endpoints.some(({ baseUrl }) => baseUrl === undefined);
		if (teacher.baseUrl === undefined && needsAddress) {
			problems.push(problem("teacher.baseUrl", "missing: teacher.type openai needs the server's address, such as http://localhost:8000/v1", "missing"));
		}
		if (teacher.model === undefined) {
			problems.push(problem("teacher.model", "missing: teacher.type openai needs the model's name, as the server knows it", "missing"));
		}
	}
	if (teacher.mode === "batch" && teacher.type !== "openai") {
		problems.push(problem("teacher.mode", "is batch, which needs teacher.type openai: the scripted teacher answers at once"));
	}
	if (teacher.mode === "live" && teacher.baseUrl !== undefined && teacher.endpoints?.every(({ baseUrl }) => baseUrl !== undefined)) {
		problems.push(problem("teacher.baseUrl", "is not used: each of teacher.endpoints has an address of its own; take it out, or list it there"));
	}
	if (teacher.mode === "batch" && teacher.endpoints !== undefined) {
		problems.push(problem("teacher.endpoints", "are for requests that are asked live: teacher.mode batch goes to teacher.baseUrl alone"));
	}
	for (const [path, baseUrl] of addressesOf(teacher)) {
		const ending = /\/(chat\/completions|completions|responses)\/?$/.exec(baseUrl);
		if (ending !== null) problems.push({ ...problem("", `ends in ${ending[0]}: leave that out; a base URL mostly ends in /v1`), path });
	}
	const written = (teacher.endpoints ?? []).map(({ baseUrl = teacher.baseUrl, apiKeyEnv = teacher.apiKeyEnv }) => `${baseUrl} ${apiKeyEnv}`);
	for (const [index, endpoint] of written.entries()) {
		if (written.indexOf(endpoint) === index) continue;
		problems.push({
			...problem("", "is there twice: an endpoint is an address with a key; for more requests at a time raise teacher.concurrency"),
			path: ["teacher", "endpoints", index],
		});
	}
	return problems;
}

function addressesOf({ baseUrl, endpoints = [] }: Config["teacher"]): [readonly PropertyKey[], string][] {
	return [
		[["teacher", "baseUrl"], baseUrl ?? ""],
		...endpoints.map((endpoint, index): [readonly PropertyKey[], string] => [["teacher", "endpoints", index, "baseUrl"], endpoint.baseUrl ?? ""]),
	];
}

function checkPipelines(config: Config): Problem[] {
	const problems: Problem[] = [];
	for (const [index, entry] of config.pipelines.entries()) {
		const wrong = pipelineProblem(entry);
		if (wrong !== undefined) {
			problems.push({ ...problem("", `"${showName(entry)}": ${wrong}`), path: ["pipelines", index] });
		} else if (config.pipelines.indexOf(entry) !== index) {
			problems.push({ ...problem("", `"${showName(entry)}" is there twice`), path: ["pipelines", index] });
		}
	}
	const scenarios = withShare(config.dialogue.scenarios);
	if (config.pipelines.includes("dpo") && scenarios.length > 0 && scenarios.every((scenario) => scenario === "neutral")) {
		problems.push(problem("dialogue.scenarios", "only neutral has a share, and neutral makes no pair: the pipeline dpo would be empty"));
	}
	return problems;
}

function checkRows({ rows, pipelines }: Config): Problem[] {
	if (typeof rows === "number") return [];
	return pipelines
		.filter((entry) => !isPipelinePath(entry) && rows[entry] === undefined)
		.map((entry) => problem("rows", `has no number for the pipeline ${entry}: name every pipeline, or give one number for all`));
}

function checkStudent({ dialogue, dpo, student, teacher }: Config): Problem[] {
	const problems: Problem[] = [];
	for (const [path, wanted] of [
		["dialogue.firstAnswers", dialogue.firstAnswers === "student"],
		["dpo.rejected", dpo.rejected === "student"],
	] as const) {
		if (wanted && student === undefined) problems.push(problem(path, "is student, and there is no student: give student.baseUrl and student.model"));
	}
	if (dpo.rejected === "student" && (dpo.replies !== "teacher" || teacher.type === "scripted")) {
		problems.push(
			problem("dpo.rejected", "is student, which needs dpo.replies teacher and a real teacher: beside templates, its manner would tell chosen from rejected"),
		);
	}
	return problems;
}

/** A budget in dollars holds only where every dollar is counted. */
function checkBudget({ budget, dialogue, dpo, student, teacher }: Config): Problem[] {
	if (budget?.usd === undefined) return [];
	const asksStudent = dialogue.firstAnswers === "student" || dpo.rejected === "student";
	const unpriced = [
		...(teacher.type === "openai" && teacher.price === undefined ? ["teacher.price"] : []),
		...(asksStudent && student !== undefined && student.price === undefined ? ["student.price"] : []),
	];
	return unpriced.map((path) =>
		problem("budget.usd", `needs ${path}: give inputUsdPerMillionTokens and outputUsdPerMillionTokens there (0 where it costs nothing)`),
	);
}

function checkShares(dialogue: Config["dialogue"]): Problem[] {
	const problems: Problem[] = [];
	for (const name of ["scenarios", "timings", "rounds", "tones", "pressures", "formats", "tasks"] as const) {
		const shares = dialogue[name];
		if (typeof shares === "object" && withShare(shares).length === 0) {
			problems.push(problem(`dialogue.${name}`, "no share is above 0: give at least one a share"));
		}
	}
	const timings = withShare(dialogue.timings);
	if (timings.length === 0) {
		return problems;
	}
	const impossible = (withShare(dialogue.scenarios) as Scenario[]).filter(
		(scenario) => !scenarioTable[scenario].timings.some((timing) => timings.includes(timing)),
	);
	const needed = [...new Set(impossible.flatMap((scenario) => scenarioTable[scenario].timings))];
	if (impossible.length > 0) {
		problems.push(
			problem(
				"dialogue.timings",
				`no share for ${needed.join(" or ")}, which ${impossible.join(", ")} need${impossible.length === 1 ? "s" : ""}: give it one, or leave them out of dialogue.scenarios`,
			),
		);
	}
	return problems;
}

function withShare(shares: Readonly<Record<string, number | undefined>>): string[] {
	return Object.keys(shares).filter((name) => (shares[name] ?? 0) > 0);
}

function problem(path: string, text: string, rank: Problem["rank"] = "value"): Problem {
	return { path: path.split("."), text, part: "value", rank };
}
