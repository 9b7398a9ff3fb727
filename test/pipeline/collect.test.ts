import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type CellCandidates, collect, createCellStates, settle } from "../../src/pipeline/collect.js";
import type { Candidate, Cell, Outcome } from "../../src/records/index.js";
import { makeCandidate } from "../support/make-request.js";

const cell: Cell = { task: "color", scenario: "misleading", timing: "one-round" };

function listCandidates(length: number): CellCandidates {
	return { length, at: (rank) => ({ ...makeCandidate(), cell, rank }), imageOf: (rank) => `${rank % 3}.png` };
}

test("the first good candidates by rank fill a cell, whatever order they come in and whoever is last to fail", () =>
	fc.assert(
		fc.asyncProperty(
			fc.array(fc.record({ isGood: fc.boolean(), delayMs: fc.integer({ min: 0, max: 3 }) }), { minLength: 1, maxLength: 12 }),
			fc.integer({ min: 1, max: 5 }),
			fc.integer({ min: 1, max: 4 }),
			async (plans, quota, width) => {
				const cells = createCellStates([cell], new Uint32Array(quota), () => listCandidates(plans.length));
				const process = async ({ rank }: Candidate): Promise<Outcome> => {
					const { isGood = false, delayMs = 0 } = plans[rank] ?? {};
					if (delayMs > 0) await sleep(delayMs);
					if (!isGood) return { type: "rejection", rejection: { reason: "refusal", detail: "made up" }, attempts: 1 };
					return { type: "row", row: { id: `sft-${rank}` } as Extract<Outcome, { type: "row" }>["row"] };
				};
				await collect(cells, { width, process, store: async () => 0, more: async () => undefined, onOutcome: () => {}, signal: new AbortController().signal });
				const good = plans.flatMap(({ isGood }, rank) => (isGood ? [rank] : []));
				const [state] = cells;
				expect(state && settle(state).accepted).toEqual(good.slice(0, quota));
			},
		),
		{ numRuns: 60, seed: 7 },
	));
