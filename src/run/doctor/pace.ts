import { type Check, ok, type Verdict, warn } from "./check.js";
import type { Endpoint } from "./endpoint.js";
import type { ChatAnswer, HttpAnswer } from "./probe.js";
import { failRequest } from "./reply.js";

const oneByOne = 3;
const atOnce = 4;
/** @unit tokens */
const cap = 16;
/** Below this, four at once take nearly as long as four in turn. */
const leastSpeedUp = 1.5;

/** What the server says in its headers about how much it lets through. */
export const checkRateLimits: Check = {
	name: "rate limits",
	async examine(exam) {
		const told = readRateLimits(exam.probe.headersSeen.at(-1) ?? {});
		return ok(told.length === 0 ? "no headers about them" : told.join("; "));
	},
};

const headerPattern = /^(?:x-)?rate-?limit-(limit|remaining|reset)(?:-(.+))?$/;

/** `requests: 4,999 of 5,000 left, anew in 12ms`: what is counted, with what there is of it. */
function readRateLimits(headers: HttpAnswer["headers"]): string[] {
	const counted = new Map<string, Partial<Record<string, string>>>();
	for (const [name, value] of Object.entries(headers)) {
		const [, fact, unit = "requests"] = headerPattern.exec(name) ?? [];
		if (fact !== undefined && value !== undefined) counted.set(unit, { ...counted.get(unit), [fact]: String(value).slice(0, 40) });
	}
	return [...counted].map(([unit, { limit, remaining, reset }]) => {
		const left = remaining === undefined ? `${limit ?? "?"} allowed` : `${remaining}${limit === undefined ? "" : ` of ${limit}`} left`;
		return `${unit}: ${left}${reset === undefined ? "" : `, anew in ${reset}`}`;
	});
}

/** How long a short reply takes, and whether several at once take longer. */
export const checkLatency: Check = {
	name: "latency",
	async examine(exam) {
		const { role } = exam.endpoint;
		const ask = () => exam.ask(exam.text("animal"), { maxTokens: cap });
		const alone: number[] = [];
		for (let turn = 0; turn < oneByOne; turn++) {
			const answer = await ask();
			if (!answer.ok) return failRequest(answer, exam.endpoint);
			alone.push(answer.latencyMs);
		}
		const medianMs = alone.sort((a, b) => a - b)[1] ?? 0;
		const startedMs = performance.now();
		const answers = await Promise.all(Array.from({ length: atOnce }, ask));
		const togetherMs = performance.now() - startedMs;
		const refused = answers.find((answer): answer is Extract<ChatAnswer, { ok: false }> => !answer.ok);
		if (refused !== undefined) return warn(`median ${Math.round(medianMs)} ms; of ${atOnce} at once some fail: ${refused.detail}`, `${role}.concurrency: 1`);
		return judgePace(medianMs, togetherMs, exam.endpoint);
	},
};

/** @param togetherMs what {@link atOnce} took at the same time */
export function judgePace(medianMs: number, togetherMs: number, { role, settings }: Pick<Endpoint, "role" | "settings">): Verdict {
	const speedUp = (atOnce * medianMs) / togetherMs;
	const facts = `median ${Math.round(medianMs)} ms; ${atOnce} at once take ${Math.round(togetherMs)} ms, ${speedUp.toFixed(1)} times as fast as in turn`;
	// Where replies take no time at all, what is measured is this program.
	if (speedUp >= leastSpeedUp || medianMs < 50 || settings.concurrency === 1) return ok(facts);
	return warn(
		facts,
		`The server seems to take one request at a time: let it take more (vLLM: --max-num-seqs, llama.cpp: -np, Ollama: OLLAMA_NUM_PARALLEL), or ${role}.concurrency: 2`,
	);
}
