import { expect } from "vitest";
import { listSituations } from "../../src/candidates/plan-slots.js";
import type { Config } from "../../src/config/index.js";
import type { Row } from "../../src/records/index.js";

/** How far a beginning may be from the configured shares. @unit shares of 1 */
export interface Tolerance {
	/** For scenario and timing. */
	readonly cells: number;
	/** For tone and pressure, which are balanced within each cell: with many cells of a few rows, what each lacks adds up. */
	readonly manners: number;
}

/**
 * Every beginning of at least so many rows has the configured shares of scenario and timing, and, among its challenged rows, of
 * tone and pressure.
 */
export function checkPrefixes(rows: readonly Row[], { dialogue }: Config, shortest: number, tolerance: Tolerance): void {
	const situations = listSituations(dialogue.scenarios, dialogue.timings);
	const expected = {
		scenario: addUp(situations.map(({ scenario, share }) => [scenario, share])),
		timing: addUp(situations.map(({ timing, share }) => [timing, share])),
		tone: addUp(Object.entries(dialogue.tones)),
		pressure: addUp(Object.entries(dialogue.pressures)),
	};
	for (const [field, shares] of Object.entries(expected) as [keyof typeof expected, Map<string, number>][]) {
		const counts = new Map<string, number>();
		let counted = 0;
		let farthest = { distance: 0, what: "" };
		for (const [index, { meta }] of rows.entries()) {
			const value = meta[field];
			if (value !== undefined) {
				counts.set(value, (counts.get(value) ?? 0) + 1);
				counted++;
			}
			if (index + 1 < shortest) continue;
			for (const [name, share] of shares) {
				const distance = Math.abs((counts.get(name) ?? 0) / counted - share);
				if (distance > farthest.distance) farthest = { distance, what: `${field} ${name}: ${counts.get(name)} of ${counted}, wanted ${share}` };
			}
		}
		expect([...counts.keys()].sort()).toEqual([...shares.keys()].sort());
		expect(farthest.distance, farthest.what).toBeLessThan(field === "scenario" || field === "timing" ? tolerance.cells : tolerance.manners);
	}
}

/** Shares that add up to 1, of what has one. */
function addUp(entries: readonly (readonly [string, number | undefined])[]): Map<string, number> {
	const sums = new Map<string, number>();
	for (const [name, share = 0] of entries) if (share > 0) sums.set(name, (sums.get(name) ?? 0) + share);
	const total = [...sums.values()].reduce((sum, share) => sum + share, 0);
	return new Map([...sums].map(([name, share]) => [name, share / total]));
}
