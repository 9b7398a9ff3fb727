import TinyQueue from "tinyqueue";
import { createGate, type Gate, type GateOptions, type Pass } from "../../src/teacher/dispatch/gate.js";
import { TransportError } from "../../src/teacher/transport-error.js";
import { createRandom } from "./create-random.js";
import { createLimiter } from "./fake-limits.js";
import { makeRequest } from "./make-request.js";

export interface Simulation {
	/** Programs that share the limit; each has a gate of its own and more to ask than it may. */
	readonly programs: number;
	readonly concurrency: number;
	/** What the server lets through in a second, and what it holds in stock at most. */
	readonly perSecond: number;
	readonly capacity: number;
	/** What a response tells: what is left, when to come back (after refusals), neither. */
	readonly tells: { readonly remaining: boolean; readonly retryAfter: boolean };
	/** Given a number from 0 to 1. @unit milliseconds */
	readonly latencyMs: (drawn: number) => number;
	readonly seconds: number;
	/** Nothing before counts. */
	readonly countFromSecond: number;
	readonly limits?: GateOptions["limits"];
}

export interface SimulationResult {
	/** Answered, as a share of what the server would have let through. */
	readonly goodput: number;
	/** Refused, as a share of all that was sent. */
	readonly refusedShare: number;
	/** Answered, by program. */
	readonly shares: readonly number[];
}

/** Runs gates against a token bucket on a clock of its own: the same numbers every time, in no time. */
export function simulateLimit(simulation: Simulation): SimulationResult {
	const { perSecond, capacity, tells } = simulation;
	const events = createEvents();
	const random = createRandom(7);
	const limiter = createLimiter({ perMinute: 60 * perSecond, capacity, tellsRemaining: tells.remaining, tellsRetryAfter: tells.retryAfter }, 0);
	let answered = 0;
	let refused = 0;
	const shares: number[] = Array.from({ length: simulation.programs }, () => 0);
	const counts = (nowMs: number) => nowMs >= simulation.countFromSecond * 1000;
	const request = makeRequest("a");

	function arrive(gate: Gate, pass: Pass, program: number, nowMs: number): void {
		const { isLetIn, headers } = limiter.arrive(nowMs);
		if (counts(nowMs)) {
			if (isLetIn) answered += 1;
			else refused += 1;
			if (isLetIn) shares[program] = (shares[program] ?? 0) + 1;
		}
		events.add(nowMs + (isLetIn ? simulation.latencyMs(random()) : 3), (atMs) => {
			gate.observe({ status: isLetIn ? 200 : 429, headers: { get: (name) => headers[name] ?? null } }, atMs);
			const retryAfterMs = Number(headers["retry-after"]) * 1000;
			gate.leave(
				pass,
				isLetIn
					? { answer: { type: "reply", text: "", finishReason: "stop", latencyMs: atMs - pass.sentAtMs, usage: { inputTokens: 100, outputTokens: 20 } } }
					: { problem: new TransportError("status", "429", { status: 429, ...(tells.retryAfter ? { retryAfterMs } : {}) }) },
				atMs,
			);
			pump(gate, program, atMs);
		});
	}

	const wakes = new Map<Gate, number>();
	function pump(gate: Gate, program: number, nowMs: number): void {
		for (;;) {
			const opensAtMs = gate.opensAtMs(nowMs);
			if (opensAtMs > nowMs) {
				if (opensAtMs < Number.POSITIVE_INFINITY && (wakes.get(gate) ?? Number.POSITIVE_INFINITY) > opensAtMs) {
					// Timers count whole milliseconds.
					const wakeMs = nowMs + Math.ceil(opensAtMs - nowMs);
					wakes.set(gate, wakeMs);
					events.add(wakeMs, (atMs) => {
						// One that came to be too late is no longer waited for.
						if (wakes.get(gate) !== atMs) return;
						wakes.delete(gate);
						pump(gate, program, atMs);
					});
				}
				return;
			}
			const pass = gate.enter(request, nowMs);
			events.add(nowMs + 1, (atMs) => arrive(gate, pass, program, atMs));
		}
	}

	for (let program = 0; program < simulation.programs; program += 1) {
		const gate = createGate({
			concurrency: simulation.concurrency,
			...(simulation.limits === undefined ? {} : { limits: simulation.limits }),
			maxRetryAfterMs: 120_000,
			estimate: () => ({ inputTokens: 100, outputTokens: 20 }),
			random,
			nowMs: 0,
		});
		events.add(program * 17, (atMs) => pump(gate, program, atMs));
	}
	events.runUntil(simulation.seconds * 1000);
	const span = simulation.seconds - simulation.countFromSecond;
	return {
		goodput: answered / (span * perSecond),
		refusedShare: refused / Math.max(1, answered + refused),
		shares: shares.map((share) => share / Math.max(1, answered)),
	};
}

interface Event {
	readonly atMs: number;
	readonly number: number;
	readonly happen: (atMs: number) => void;
}

function createEvents(): { add(atMs: number, happen: Event["happen"]): void; runUntil(endMs: number): void } {
	const queue = new TinyQueue<Event>([], (a, b) => a.atMs - b.atMs || a.number - b.number);
	let number = 0;
	return {
		add: (atMs, happen) => queue.push({ atMs, number: number++, happen }),
		runUntil(endMs) {
			for (let event = queue.pop(); event !== undefined && event.atMs <= endMs; event = queue.pop()) event.happen(event.atMs);
		},
	};
}
