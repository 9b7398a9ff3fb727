import fc from "fast-check";
import { expect, test } from "vitest";
import { createWaitingLine } from "../../../src/teacher/dispatch/waiting-line.js";

interface Item {
	readonly priority: number;
	readonly number: number;
	hasLeft: boolean;
}

test("whoever comes and leaves, the rest goes by priority, then in the order of coming", () => {
	const item = fc.record({ priority: fc.integer({ min: 0, max: 3 }), leaves: fc.boolean() });
	fc.assert(
		fc.property(fc.array(item, { maxLength: 300 }), fc.integer({ min: 1, max: 16 }), (items, most) => {
			const line = createWaitingLine<Item>();
			const added = items.map(({ priority }, number) => ({ priority, number, hasLeft: false }));
			for (const one of added) line.add(one);
			for (const [index, { leaves }] of items.entries()) {
				const one = added[index];
				if (!leaves || one === undefined) continue;
				one.hasLeft = true;
				line.forget();
			}
			const staying = added.filter(({ hasLeft }) => !hasLeft);
			expect(line.length).toBe(staying.length);
			const taken: Item[] = [];
			for (let one = line.take(most, ([first]) => first); one !== undefined; one = line.take(most, ([first]) => first)) taken.push(one);
			expect(taken).toEqual([...staying].sort((a, b) => b.priority - a.priority || a.number - b.number));
			expect(line.length).toBe(0);
		}),
	);
});

test("one from behind the head can be taken, and the head stays", () => {
	const line = createWaitingLine<Item>();
	const items = [0, 1, 2].map((number) => ({ priority: 0, number, hasLeft: false }));
	for (const item of items) line.add(item);
	expect(line.take(2, (head) => head[2])).toBeUndefined();
	expect(line.take(2, (head) => head[1])).toBe(items[1]);
	expect(line.take(1, (head) => head[0])).toBe(items[0]);
	expect(line.length).toBe(1);
});
