import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	type CellCandidates,
	type CellState,
	type CollectTools,
	collect,
	createCellStates,
	noCandidates,
	settle,
	spreadShort,
} from "../../src/pipeline/collect.js";
import { random } from "../../src/pipeline/random.js";
import type { Candidate, Cell, Outcome } from "../../src/records/index.js";
import { buildSftRow } from "../../src/stages/build-row.js";
import { Pending } from "../../src/teacher/index.js";
import { makeCandidate, makeImageRef } from "../support/make-request.js";

const color: Cell = { task: "color", scenario: "misleading", timing: "two-round" };
const counting: Cell = { task: "counting", scenario: "misleading", timing: "two-round" };
const cells = [color, counting];

function candidatesOf(cell: Cell, length: number): CellCandidates {
	return { length, isCut: true, at: (rank) => ({ ...makeCandidate(`g${rank}`), cell, rank }), imageOf: (rank) => rank % 3 };
}

function outcomeOf(candidate: Candidate, accepted: boolean): Outcome {
	if (!accepted) return { type: "rejection", rejection: { reason: "made-up", detail: "for the test" }, attempts: 1 };
	const facts = {
		candidate,
		image: makeImageRef(),
		pipeline: "sft",
		attempts: 1,
		hinted: false,
		goldCheck: "off" as const,
		teacher: "t",
		scripted: true,
		promptHashes: {},
	};
	return { type: "row", row: buildSftRow("x", facts) };
}

/** Slots that go round the cells. */
function slotsFor(counts: readonly number[]): Uint32Array {
	return Uint32Array.from(counts.flatMap((count, cell) => Array.from({ length: count }, () => cell)));
}

interface Setup {
	readonly lengths: readonly number[];
	readonly quotas: readonly number[];
	readonly accepts: (candidate: Candidate) => boolean;
	readonly width?: number;
	readonly process?: (candidate: Candidate, settled: () => Outcome) => Promise<Outcome>;
	readonly more?: CollectTools["more"];
	readonly signal?: AbortSignal;
}

function open({ lengths, quotas, accepts, width = 4, process, more, signal }: Setup) {
	const slots = slotsFor(quotas);
	const states = createCellStates(cells.slice(0, lengths.length), slots, (cell) => candidatesOf(cell, lengths[cells.indexOf(cell)] ?? 0));
	const started: string[] = [];
	const stored: string[] = [];
	const tools: CollectTools = {
		width,
		async process(candidate) {
			started.push(`${candidate.cell.task} ${candidate.rank}`);
			const settled = () => outcomeOf(candidate, accepts(candidate));
			return process === undefined ? settled() : process(candidate, settled);
		},
		store: async (candidate) => stored.push(`${candidate.cell.task} ${candidate.rank}`),
		more: more ?? (async () => undefined),
		onOutcome: () => {},
		signal: signal ?? new AbortController().signal,
	};
	return { states, slots, tools, started, stored };
}

/** Lets all that is ready go on. */
const breathe = () => new Promise((resolve) => setImmediate(resolve));

const acceptedOf = (states: readonly CellState[]) => states.map((state) => settle(state).accepted);

describe("order", () => {
	it("of completion does not matter: the same ranks are accepted", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.nat(),
				fc.integer({ min: 1, max: 12 }),
				fc.integer({ min: 5, max: 95 }),
				fc.integer({ min: 1, max: 25 }),
				async (seed, width, percent, quota) => {
					const accepts = ({ cell, rank }: Candidate) => random(seed, `${cell.task} ${rank}`, "accept").below(100) < percent;
					const waiting: { key: string; go: () => void }[] = [];
					const { states, tools } = open({
						lengths: [60, 60],
						quotas: [quota, quota],
						accepts,
						width,
						process: (candidate, settled) =>
							new Promise((resolve) => waiting.push({ key: `${candidate.cell.task} ${candidate.rank}`, go: () => resolve(settled()) })),
					});
					const rng = random(seed, "completion", "test");
					let done = false;
					const collected = collect(states, tools).finally(() => {
						done = true;
					});
					while (!done) {
						await breathe();
						waiting.splice(rng.below(Math.max(1, waiting.length)), 1)[0]?.go();
					}
					await collected;
					for (const [index, cell] of cells.entries()) {
						const wanted = Array.from({ length: 60 }, (_, rank) => rank)
							.filter((rank) => accepts({ ...makeCandidate(), cell, rank }))
							.slice(0, quota);
						expect(acceptedOf(states)[index]).toEqual(wanted);
					}
				},
			),
			{ numRuns: 25 },
		);
	});

	it("of what is started goes picture by picture", async () => {
		const { states, tools, started } = open({ lengths: [9, 0], quotas: [9, 0], accepts: () => true, width: 1 });
		await collect(states, tools);
		expect(started.map((key) => Number(key.split(" ")[1]) % 3)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
	});
});

describe("a straggler", () => {
	it("does not keep others from being started and finished", async () => {
		let release = () => {};
		const { states, tools, stored } = open({
			lengths: [40, 40],
			quotas: [10, 10],
			accepts: ({ rank }) => rank % 2 === 0,
			width: 3,
			process: (candidate, settled) =>
				candidate.cell === color && candidate.rank === 0 ? new Promise((resolve) => (release = () => resolve(settled()))) : Promise.resolve(settled()),
		});
		const collected = collect(states, tools);
		for (let turn = 0; turn < 200; turn++) await breathe();
		expect(stored).not.toContain("color 0");
		expect(stored.filter((key) => key.startsWith("counting")).length).toBeGreaterThanOrEqual(19);
		expect(stored.filter((key) => key.startsWith("color")).length).toBeGreaterThanOrEqual(17);
		expect(states.map((state) => settle(state).full)).toEqual([false, true]);
		release();
		await collected;
		expect(acceptedOf(states)[0]).toEqual(Array.from({ length: 10 }, (_, index) => 2 * index));
	});
});

describe("surplus", () => {
	it("is what lies behind the rank that fills the cell, and every outcome is in exactly one place", async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(), fc.integer({ min: 10, max: 90 }), async (seed, percent) => {
				const { states, tools, started, stored } = open({
					lengths: [300, 300],
					quotas: [50, 20],
					accepts: ({ cell, rank }) => random(seed, `${cell.task} ${rank}`, "accept").below(100) < percent,
					width: 8,
				});
				await collect(states, tools);
				expect(new Set(started).size).toBe(started.length);
				expect([...stored].sort()).toEqual([...started].sort());
				for (const state of states) {
					const { accepted, end, full } = settle(state);
					const ranks = Array.from({ length: end }, (_, rank) => rank);
					const rejected = ranks.filter((rank) => state.outcomes.get(rank)?.type === "rejection").length;
					expect(accepted.length + rejected).toBe(end);
					expect(state.outcomes.size).toBeGreaterThanOrEqual(end);
					expect(full || state.started === 300).toBe(true);
				}
			}),
			{ numRuns: 20 },
		);
	});

	it("is small: few are started beyond what acceptance so far calls for", async () => {
		const { states, tools } = open({ lengths: [2000, 0], quotas: [300, 0], accepts: ({ rank }) => rank % 2 === 0, width: 8 });
		await collect(states, tools);
		const surplus = states.reduce((sum, state) => sum + state.outcomes.size - settle(state).end, 0);
		expect(surplus).toBeLessThan(60);
	});
});

describe("a candidate that waits for a reply", () => {
	it("holds its place: nothing more is started for it, nothing is stored, and no more is drawn; round by round all is as if it had never waited", async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(), fc.integer({ min: 30, max: 95 }), async (seed, percent) => {
				const accepts = ({ cell, rank }: Candidate) => random(seed, `${cell.task} ${rank}`, "accept").below(100) < percent;
				const setup = { lengths: [400, 400], quotas: [60, 25], accepts };
				const straight = open(setup);
				await collect(straight.states, straight.tools);

				/** Replies that each candidate has been given. A row takes three; a rejection comes with the first. */
				const replies = new Map<string, number>();
				let drawn = 0;
				for (let round = 1; ; round++) {
					const asked: string[] = [];
					const { states, tools, stored } = open({
						...setup,
						process: async (candidate, settled) => {
							const key = `${candidate.cell.task} ${candidate.rank}`;
							if ((replies.get(key) ?? 0) >= (accepts(candidate) ? 3 : 1)) return settled();
							asked.push(key);
							throw new Pending();
						},
						more: async () => {
							drawn++;
							return undefined;
						},
					});
					await collect(states, tools);
					expect(states.reduce((sum, { pending }) => sum + pending, 0)).toBe(asked.length);
					expect(stored.some((key) => asked.includes(key))).toBe(false);
					if (round === 1) expect(asked).toHaveLength(85);
					if (asked.length === 0) {
						expect(acceptedOf(states)).toEqual(acceptedOf(straight.states));
						break;
					}
					expect(round).toBeLessThan(30);
					for (const key of asked) replies.set(key, (replies.get(key) ?? 0) + 1);
				}
				expect(drawn).toBe(0);
				// Waiting may start a few more than going straight on does, as it knows less of what will be accepted.
				expect(replies.size).toBeLessThan(1.5 * (straight.started.length + 20));
			}),
			{ numRuns: 20 },
		);
	});
});

describe("a cell that runs out", () => {
	it("gets more where the source has more", async () => {
		let asked = 0;
		const { states, tools } = open({
			lengths: [4, 3],
			quotas: [10, 3],
			accepts: ({ cell, rank }) => cell === counting || rank % 2 === 1,
			more: async () => {
				asked++;
				return asked > 2 ? undefined : (cell) => candidatesOf(cell, 4 ** (asked + 1));
			},
		});
		await collect(states, tools);
		expect(asked).toBe(2);
		expect(acceptedOf(states)).toEqual([
			[1, 3, 5, 7, 9, 11, 13, 15, 17, 19],
			[0, 1, 2],
		]);
	});

	it("stays short where there is no more", async () => {
		const { states, tools } = open({ lengths: [4, 0], quotas: [10, 2], accepts: () => true });
		await collect(states, tools);
		expect(acceptedOf(states)).toEqual([[0, 1, 2, 3], []]);
		expect(states.map((state) => settle(state).full)).toEqual([false, false]);
	});
});

describe("spreadShort", () => {
	it("gives slots to another task of the same scenario and timing that has candidates left", async () => {
		const { states, slots, tools } = open({ lengths: [4, 30], quotas: [10, 5], accepts: () => true });
		await collect(states, tools);
		expect(spreadShort(states, slots)).toBe(true);
		expect(states.map(({ quota }) => quota)).toEqual([4, 11]);
		expect([...slots].filter((cell) => cell === 0)).toHaveLength(4);
		await collect(states, tools);
		expect(acceptedOf(states).map((ranks) => ranks.length)).toEqual([4, 11]);
		expect(spreadShort(states, slots)).toBe(false);
	});

	it("ends where candidates are left that have been rejected already", async () => {
		const { states, slots, tools } = open({ lengths: [6, 6], quotas: [4, 4], accepts: ({ rank }) => rank < 2 });
		let turns = 0;
		do await collect(states, tools);
		while (spreadShort(states, slots) && ++turns < 10);
		expect(turns).toBeLessThan(10);
		expect(acceptedOf(states)).toEqual([
			[0, 1],
			[0, 1],
		]);
	});

	it("goes on until nothing moves, and loses no slot", async () => {
		const { states, slots, tools } = open({ lengths: [4, 12], quotas: [10, 5], accepts: ({ cell, rank }) => cell === color || rank % 2 === 0 });
		do await collect(states, tools);
		while (spreadShort(states, slots));
		expect(acceptedOf(states).map((ranks) => ranks.length)).toEqual([4, 6]);
		expect(slots).toHaveLength(15);
		expect(states.reduce((sum, { quota }) => sum + quota, 0)).toBe(15);
	});

	it.each<[string, Cell]>([
		["another scenario", { ...counting, scenario: "corrective" }],
		["another timing", { ...counting, timing: "one-round" }],
		["questions with two answers", { ...counting, answer: "yes" }],
	])("gives nothing to %s", async (_, other) => {
		const slots = slotsFor([5, 1]);
		const states = createCellStates([color, other], slots, (cell) => (cell === color ? noCandidates : candidatesOf(cell, 50)));
		const { tools } = open({ lengths: [], quotas: [], accepts: () => true });
		await collect(states, tools);
		expect(spreadShort(states, slots)).toBe(false);
		expect(states.map(({ quota }) => quota)).toEqual([5, 1]);
	});
});

describe("what ends a collection", () => {
	it("an outage: it is thrown once all that was in flight is over, and nothing new is started", async () => {
		const outage = new Error("no teacher");
		let active = 0;
		const { states, tools, started } = open({
			lengths: [100, 0],
			quotas: [100, 0],
			accepts: () => true,
			width: 4,
			async process({ rank }, settled) {
				active++;
				await breathe();
				active--;
				if (rank === 6) throw outage;
				return settled();
			},
		});
		await expect(collect(states, tools)).rejects.toBe(outage);
		expect(active).toBe(0);
		expect(started.length).toBeLessThan(100);
	});

	it("a stop: it returns, and what was broken off is pending", async () => {
		const stopping = new AbortController();
		const { states, tools } = open({
			lengths: [100, 0],
			quotas: [100, 0],
			accepts: () => true,
			signal: stopping.signal,
			async process({ rank }, settled) {
				if (rank === 9) {
					stopping.abort();
					throw new Error("broken off");
				}
				return settled();
			},
		});
		await collect(states, tools);
		expect(states[0]?.outcomes.get(9)).toBeUndefined();
		expect(states[0]?.outcomes.size).toBeLessThan(100);
	});

	it("having nothing to do", async () => {
		await collect([], open({ lengths: [], quotas: [], accepts: () => true }).tools);
		expect(() => noCandidates.at(0)).toThrow(RangeError);
		expect(noCandidates.imageOf(0)).toBe(0);
	});
});
