import fc from "fast-check";
import { expect, it } from "vitest";
import { shareOut } from "../../../src/sources/reserve/share-out.js";

it.each([
	[10, [100, 100, 100], [3, 3, 4]],
	[3_000, [500, 50, 5_000, 5_000], [500, 50, 1_225, 1_225]],
	[10, [2, 0, 3], [2, 0, 3]],
	[0, [4, 4], [0, 0]],
	[5, [], []],
])("%d over %j", (total, supplies, expected) => {
	expect(shareOut(total, supplies)).toEqual(expected);
});

it("gives all that is wanted or all there is, nobody more than they have, and those who give less have given all", () => {
	fc.assert(
		fc.property(fc.nat(500), fc.array(fc.nat(200), { maxLength: 12 }), (total, supplies) => {
			const given = shareOut(total, supplies);
			const sum = (list: readonly number[]) => list.reduce((all, one) => all + one, 0);
			expect(sum(given)).toBe(Math.min(total, sum(supplies)));
			const most = Math.max(0, ...given);
			for (const [index, supply] of supplies.entries()) {
				expect(given[index]).toBeLessThanOrEqual(supply);
				if ((given[index] ?? 0) < most - 1) expect(given[index]).toBe(supply);
			}
		}),
	);
});
