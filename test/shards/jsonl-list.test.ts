import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CandorError } from "../../src/records/index.js";
import { parseJsonlList, stringifyJsonlList } from "../../src/shards/index.js";

describe("JSONL lists", () => {
	it("are read as they were written, also when joined", () => {
		const list = fc.array(fc.dictionary(fc.string(), fc.string({ unit: "binary" })));
		fc.assert(
			fc.property(list, list, (a, b) => {
				const plain = JSON.parse(JSON.stringify([...a, ...b]));
				expect(parseJsonlList(stringifyJsonlList(a) + stringifyJsonlList(b))).toEqual(plain);
			}),
			{ seed: 1 },
		);
	});

	it("are ASCII and end with a newline", () => {
		expect(stringifyJsonlList([{ a: "é\u2028" }, { b: 1 }])).toBe('{"a":"\\u00e9\\u2028"}\n{"b":1}\n');
		expect(stringifyJsonlList([])).toBe("");
	});

	it("may begin with a mark, and hold blank lines and CRLF", () => {
		expect(parseJsonlList('\ufeff{"a":1}\r\n\r\n   \n{"a":2}')).toEqual([{ a: 1 }, { a: 2 }]);
		expect(parseJsonlList("")).toEqual([]);
	});

	it("name the line that is bad", () => {
		expect(() => parseJsonlList('{"a":1}\n\n{"a":', "sample.jsonl")).toThrow(CandorError);
		expect(() => parseJsonlList('{"a":1}\n\n{"a":', "sample.jsonl")).toThrow(/^sample\.jsonl, line 3: not valid JSON/);
	});
});
