import { messageOf } from "../../records/index.js";
import { settleOrAbort } from "../abort.js";
import { classifyFailure, type Role } from "../classify-failure.js";
import type { Teacher, TeacherAnswer, TeacherRequest } from "../teacher.js";
import { TransportError } from "../transport-error.js";
import { rankEndpoints } from "./choose-endpoint.js";
import { createGate, type Estimate, type Gate, type Limits, type Pass, type ResponseFacts } from "./gate.js";
import { createStanding, type Standing } from "./standing.js";
import { createWaitingLine } from "./waiting-line.js";

/** One of the servers that answer alike: an address with a key. */
export interface EndpointOptions {
	/** For messages, and told apart by it: holds no secret. */
	readonly name: string;
	/** The environment variable that holds its key, for the remedy. */
	readonly apiKeyEnv: string;
	/** Requests in flight at most. */
	readonly concurrency: number;
	readonly limits?: Limits;
	/** Makes its client, which tells of each response before it reads the body. One `ask` is one HTTP request. */
	readonly open: (onResponse: (facts: ResponseFacts) => void) => Teacher;
}

export interface DispatchOptions {
	readonly estimate: (request: TeacherRequest) => Estimate;
	/** A longer Retry-After is not waited for. @unit milliseconds */
	readonly maxRetryAfterMs: number;
	/** Whose servers they are, for messages. @default teacher */
	readonly role?: Role;
	/** One sentence that a person should see. */
	readonly warn?: (message: string) => void;
	/** Aborted: what waits and what comes is refused at once with this error; what is in flight goes on. */
	readonly stopping?: { readonly signal: AbortSignal; readonly error: () => Error };
	/** From 0 to 1; spreads out what would otherwise happen at once. */
	readonly random?: () => number;
}

/** For who wants to know when, and where, a request really goes. */
export interface AskHooks {
	readonly onSend?: (endpoint: string) => void;
	/** An endpoint to pass over where there is another. */
	readonly avoid?: string;
}

/** How things stand. */
export interface DispatchCounts {
	readonly inFlight: number;
	/** Requests that the endpoints take at a time, at the moment. */
	readonly limit: number;
	readonly waiting: number;
	/** Answers that said: too many. */
	readonly refusals: number;
	readonly endpointsUp: number;
	readonly endpoints: number;
}

export interface Dispatcher extends Teacher {
	ask(request: TeacherRequest, signal: AbortSignal, hooks?: AskHooks): Promise<TeacherAnswer>;
	counts(): DispatchCounts;
}

interface Endpoint {
	readonly options: EndpointOptions;
	readonly client: Teacher;
	readonly gate: Gate;
	readonly standing: Standing;
}

interface Waiter {
	readonly request: TeacherRequest;
	readonly priority: number;
	readonly number: number;
	/** Names of endpoints in the order in which it would like them; none where it does not matter. */
	readonly ranking: readonly string[];
	readonly avoid: ReadonlySet<Endpoint>;
	readonly start: (turn: Turn) => void;
	hasLeft: boolean;
	/** How often one behind it went first. */
	passedOver: number;
}

interface Turn {
	readonly endpoint: Endpoint;
	readonly pass: Pass;
}

/** Lets a request that failed on one endpoint go to the next before new ones of its priority (see `priorityOf`). */
const elsewherePriority = 0.5;
/** One for the endpoint at hand may go before the head of the line, if it is among so many; but nobody is passed over more often than that. */
const lookAhead = 16;

/** These say that the server does not let us in, or knows nothing of what we ask for: of several, that one is of no use. */
const outStatuses = new Set([401, 402, 403, 404, 405, 410]);

/**
 * Chooses for each request the moment and the endpoint: higher priority first, then in the order of coming, as the endpoints' gates open;
 * to the endpoint that had its picture, or to the least loaded. Nothing is polled: it looks when a request comes, when one ends, and when the next gate
 * opens by itself. What waits holds no slot. Where one endpoint fails, its requests go to the others at once.
 */
export function dispatchRequests(endpointOptions: readonly EndpointOptions[], options: DispatchOptions): Dispatcher {
	const { random = Math.random, stopping, warn = () => {} } = options;
	const now = () => performance.now();
	const endpoints = endpointOptions.map((endpoint): Endpoint => openEndpoint(endpoint, options, random));
	const names = endpointOptions.map(({ name }) => name);
	const byName = new Map(endpoints.map((endpoint) => [endpoint.options.name, endpoint]));
	const line = createWaitingLine<Waiter>();
	/** Where a request failed last: when it is tried again, another is better. A further try has the same messages. */
	const failedOn = new WeakMap<TeacherRequest["messages"], Endpoint>();
	const dismissals = new Set<() => void>();
	const dismissAll = () => {
		for (const dismiss of [...dismissals]) dismiss();
	};
	stopping?.signal.addEventListener("abort", dismissAll, { once: true });
	let arrivals = 0;
	let timer: NodeJS.Timeout | undefined;

	async function ask(request: TeacherRequest, signal: AbortSignal, hooks: AskHooks = {}): Promise<TeacherAnswer> {
		const hinted = [byName.get(hooks.avoid ?? ""), failedOn.get(request.messages)].filter((endpoint) => endpoint !== undefined);
		const avoid = new Set(endpoints.length > 1 ? hinted : []);
		const tried = new Set<Endpoint>();
		for (let { priority } = request; ; priority = request.priority + elsewherePriority) {
			signal.throwIfAborted();
			const { endpoint, pass } = await waitForTurn(request, priority, avoid, signal);
			try {
				hooks.onSend?.(endpoint.options.name);
				const answer = await endpoint.client.ask(request, signal);
				endpoint.gate.leave(pass, { answer }, now());
				endpoint.standing.recordLife();
				return answer;
			} catch (error) {
				const problem = error instanceof TransportError && !signal.aborted ? error : undefined;
				endpoint.gate.leave(pass, problem === undefined ? {} : { problem }, now());
				tried.add(endpoint);
				if (problem === undefined) {
					endpoint.standing.recordOther(pass.sequence);
					throw error;
				}
				failedOn.set(request.messages, endpoint);
				if (!judge(endpoint, pass, problem, request) || !hasAnother(tried)) throw error;
				avoid.add(endpoint);
			} finally {
				sendWhatMayGo();
			}
		}
	}

	/** Endpoints that have been set aside once: a person need not hear of it each time. */
	const told = new Set<Endpoint>();

	/** Notes what a problem says about its endpoint. @returns whether another endpoint should be asked at once */
	function judge(endpoint: Endpoint, pass: Pass, problem: TransportError, request: TeacherRequest): boolean {
		const { standing } = endpoint;
		const { status = 0 } = problem;
		if (outStatuses.has(status)) {
			const { name, apiKeyEnv } = endpoint.options;
			const fault = classifyFailure(problem, { model: request.model, apiKeyEnv, role: options.role ?? "teacher" });
			if (fault.type !== "settings") return false;
			if (!endpoints.some((other) => other !== endpoint && !other.standing.isOutForGood)) throw fault.error;
			if (!standing.isOutForGood) {
				warn(`${name} is left out from now on, and the other endpoints go on without it: ${messageOf(fault.error)} (its key: ${apiKeyEnv})`);
			}
			standing.setAsideForGood();
			return true;
		}
		if (problem.kind === "status" && status < 500) {
			standing.recordLife();
			return status === 429;
		}
		const wasUp = standing.isUp;
		standing.recordFailure(pass.sequence, now());
		if (wasUp && !standing.isUp && endpoints.length > 1 && !told.has(endpoint)) {
			told.add(endpoint);
			warn(`${endpoint.options.name} does not answer; the other endpoints take its requests, and it is tried again now and then: ${problem.message}`);
		}
		return problem.kind === "connection" || !standing.isUp;
	}

	function hasAnother(tried: ReadonlySet<Endpoint>): boolean {
		return endpoints.some((endpoint) => endpoint.standing.isUp && !tried.has(endpoint));
	}

	function waitForTurn(request: TeacherRequest, priority: number, avoid: ReadonlySet<Endpoint>, signal: AbortSignal): Promise<Turn> {
		return settleOrAbort<Turn>(signal, (resolve, reject) => {
			let isDone = false;
			const waiter: Waiter = {
				request,
				priority,
				number: arrivals++,
				ranking: rankEndpoints(request, names),
				avoid,
				start(turn) {
					isDone = true;
					resolve(turn);
				},
				hasLeft: false,
				passedOver: 0,
			};
			const dismiss = () => reject(stopping?.error());
			line.add(waiter);
			dismissals.add(dismiss);
			queueMicrotask(stopping?.signal.aborted ? dismiss : sendWhatMayGo);
			return () => {
				dismissals.delete(dismiss);
				if (isDone) return;
				waiter.hasLeft = true;
				line.forget();
			};
		});
	}

	function sendWhatMayGo(): void {
		clearTimeout(timer);
		timer = undefined;
		while (line.length > 0) {
			const atMs = now();
			const usable = usableEndpoints(atMs);
			const open = usable.filter(({ gate }) => gate.opensAtMs(atMs) <= atMs);
			let endpoint: Endpoint | undefined;
			const waiter =
				open.length === 0
					? undefined
					: line.take(endpoints.length === 1 ? 1 : lookAhead, (head) => {
							const match = matchUp(head, open, usable);
							endpoint = match?.endpoint;
							return match?.waiter;
						});
			if (waiter === undefined || endpoint === undefined) {
				wakeAtNextChange(atMs);
				return;
			}
			const pass = endpoint.gate.enter(waiter.request, atMs);
			endpoint.standing.enter(pass.sequence);
			waiter.start({ endpoint, pass });
		}
	}

	/** Those that are up, and those whose pause is over; where none is up, all that may come back: who waits then learns how it is. */
	function usableEndpoints(nowMs: number): Endpoint[] {
		const present = endpoints.filter(({ standing }) => !standing.isOutForGood);
		if (!present.some(({ standing }) => standing.isUp)) return present;
		return present.filter(({ standing }) => standing.isUp || standing.trialAtMs <= nowMs);
	}

	function wakeAtNextChange(nowMs: number): void {
		let nextMs = Number.POSITIVE_INFINITY;
		const isAnyUp = endpoints.some(({ standing }) => standing.isUp);
		for (const { gate, standing } of endpoints) {
			if (standing.isOutForGood) continue;
			const opensAtMs = gate.opensAtMs(nowMs);
			const atMs = standing.isUp || !isAnyUp ? opensAtMs : Math.max(opensAtMs, standing.trialAtMs);
			if (atMs > nowMs) nextMs = Math.min(nextMs, atMs);
		}
		if (nextMs < Number.POSITIVE_INFINITY) timer = setTimeout(sendWhatMayGo, Math.min(nextMs - nowMs, 2 ** 30));
	}

	return {
		ask,
		async close() {
			clearTimeout(timer);
			await Promise.all(endpoints.map(({ client }) => client.close()));
		},
		counts() {
			const up = endpoints.filter(({ standing }) => standing.isUp);
			return {
				inFlight: sum(endpoints, ({ gate }) => gate.inFlight),
				limit: sum(up, ({ gate }) => gate.limit),
				waiting: line.length,
				refusals: sum(endpoints, ({ gate }) => gate.refusals),
				endpointsUp: up.length,
				endpoints: endpoints.length,
			};
		},
	};
}

function openEndpoint(endpoint: EndpointOptions, options: DispatchOptions, random: () => number): Endpoint {
	const gate = createGate({
		concurrency: endpoint.concurrency,
		...(endpoint.limits === undefined ? {} : { limits: endpoint.limits }),
		maxRetryAfterMs: options.maxRetryAfterMs,
		estimate: options.estimate,
		random,
		nowMs: performance.now(),
	});
	const client = endpoint.open((facts) => gate.observe(facts, performance.now()));
	return { options: endpoint, client, gate, standing: createStanding(random) };
}

/** Who goes where: the head of the line to the endpoint it would like; else, to the least loaded, one of the next who would like that. */
function matchUp(head: readonly Waiter[], open: readonly Endpoint[], usable: readonly Endpoint[]): { waiter: Waiter; endpoint: Endpoint } | undefined {
	const leastLoaded = open.reduce((a, b) => (loadOf(b) < loadOf(a) ? b : a));
	const first = head.find((waiter) => allowed(waiter, open, usable).length > 0);
	if (first === undefined) return undefined;
	const wished = favourite(first, usable);
	if (wished !== undefined && open.includes(wished)) return { waiter: first, endpoint: wished };
	if (wished !== undefined && first.passedOver < lookAhead) {
		const better = head.find((waiter) => Math.floor(waiter.priority) === Math.floor(first.priority) && favourite(waiter, usable) === leastLoaded);
		if (better !== undefined) {
			first.passedOver += 1;
			return { waiter: better, endpoint: leastLoaded };
		}
	}
	return { waiter: first, endpoint: allowed(first, open, usable).reduce((a, b) => (loadOf(b) < loadOf(a) ? b : a)) };
}

/** Of the open endpoints, those that a waiter may go to: none that it avoids, unless there are no others at all. */
function allowed(waiter: Waiter, open: readonly Endpoint[], usable: readonly Endpoint[]): readonly Endpoint[] {
	if (waiter.avoid.size === 0 || usable.every((endpoint) => waiter.avoid.has(endpoint))) return open;
	return open.filter((endpoint) => !waiter.avoid.has(endpoint));
}

/** The endpoint that a waiter would like best of those that can be had at all. */
function favourite(waiter: Waiter, usable: readonly Endpoint[]): Endpoint | undefined {
	for (const name of waiter.ranking) {
		const endpoint = usable.find(({ options, standing }) => options.name === name && standing.isUp);
		if (endpoint !== undefined && !waiter.avoid.has(endpoint)) return endpoint;
	}
	return undefined;
}

function loadOf({ gate }: Endpoint): number {
	return gate.inFlight / gate.limit;
}

function sum(endpoints: readonly Endpoint[], of: (endpoint: Endpoint) => number): number {
	return endpoints.reduce((total, endpoint) => total + of(endpoint), 0);
}
