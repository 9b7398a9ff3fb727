import fc from "fast-check";
import { expect, test } from "vitest";
import { numberPicture, priorityOf } from "../../src/pipeline/order-pictures.js";

test("a later stage goes first whatever its picture, then another try, then the picture of the lower number", () => {
	fc.assert(
		fc.property(fc.string(), fc.string(), fc.nat(20), (one, other, position) => {
			expect(priorityOf(position + 1, one)).toBeGreaterThan(priorityOf(position, other) + 0.5);
			expect(priorityOf(position, one) + 0.5).toBeGreaterThan(priorityOf(position, other));
			expect(Math.sign(priorityOf(position, one) - priorityOf(position, other))).toBe(Math.sign(numberPicture(other) - numberPicture(one)) + 0);
		}),
	);
});
