import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { parseJsonReply } from "../../src/teacher/index.js";

const schema = z.strictObject({ verdict: z.enum(["misleading", "corrective"]), conclusion: z.string().min(1) });
const value = { verdict: "misleading", conclusion: "It's red." };
const json = JSON.stringify(value);

test.each([
	["plain", json],
	["a code fence", `\`\`\`json\n${json}\n\`\`\``],
	["a fence that is not closed", `\`\`\`json\n${json}`],
	["a preamble and a trailer", `Sure! Here is the JSON:\n${json}\nLet me know {if} you need more.`],
	["a quote in the preamble", `My 5" answer: ${json}`],
	["a brace in the preamble", `I use { as asked. ${json}`],
	["the wanted form first", `The form is {"verdict": "...", "conclusion": "..."}: ${json}`],
	["a list", `[${json}]`],
	["thoughts", `<think>{"verdict":"corrective","conclusion":"no"}</think>${json}`],
	["single quotes", `{'verdict': 'misleading', 'conclusion': "It's red."}`],
	["trailing commas and bare keys", `{verdict: "misleading", conclusion: "It's red.",}`],
	["other capitals", `{"Verdict": " MISLEADING ", "CONCLUSION": "It's red."}`],
	["no closing brace", json.slice(0, -1)],
])("%s is read", (_, text) => {
	expect(parseJsonReply(text, schema)).toEqual({ ok: true, value });
});

test("Python's words, nested lists and objects", () => {
	const nested = z.object({ sure: z.boolean(), why: z.null(), items: z.array(z.object({ kind: z.enum(["a", "b"]) })) });
	expect(parseJsonReply(`{'sure': True, 'why': None, 'Items': [{'Kind': 'A'}, {'kind': 'b'}]}`, nested)).toEqual({
		ok: true,
		value: { sure: true, why: null, items: [{ kind: "a" }, { kind: "b" }] },
	});
});

test("of several objects the first that fits counts", () => {
	const other = JSON.stringify({ verdict: "corrective", conclusion: "blue" });
	expect(parseJsonReply(`{"note": 1} ${json} ${other}`, schema)).toEqual({ ok: true, value });
});

test.each(["", "no", "}", "[1, 2]", "null", '"text"', json.slice(0, -4)])("%j is no object", (text) => {
	expect(parseJsonReply(text, schema)).toMatchObject({ ok: false, reason: "reply-unparsable" });
});

test("an object that does not fit says where", () => {
	expect(parseJsonReply('{"verdict": "maybe", "conclusion": "x"}', schema)).toMatchObject({
		ok: false,
		reason: "reply-wrong-schema",
		detail: expect.stringContaining("verdict"),
	});
	expect(parseJsonReply('{"verdict": "corrective", "conclusion": "x", "__proto__": {"y": 1}}', schema)).toMatchObject({ ok: false });
});

test.each([
	["one", "{"],
	["two", "}{"],
	["braces", "{".repeat(200_000)],
	["nesting", '{"a":'.repeat(50_000)],
	["brackets", `{"a":${"[".repeat(60_000)}`],
	["pairs", "{}".repeat(100_000)],
	["quotes", `{${'"'.repeat(200_000)}`],
	["single quotes", `{${"'a".repeat(100_000)}}`],
	["escapes", `{"a":"${"\\".repeat(200_001)}`],
	["spaces", `{${" ".repeat(200_000)}}`],
	["comments", `{${"/*".repeat(50_000)}}`],
	["commas", `{${",".repeat(60_000)}}`],
	["words", `{${"a ".repeat(30_000)}}`],
	["colons", `{${"a:".repeat(30_000)}}`],
	["strings", `{${'"a" '.repeat(16_000)}}`],
	["pluses", `{"a":${'"a"+'.repeat(12_000)}}`],
])("hostile %s end soon", (_, text) => {
	expect(parseJsonReply(text, schema)).toMatchObject({ ok: false });
});

test("never throws, and reads back what was written", () => {
	fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseJsonReply(text, schema)));
	fc.assert(
		fc.property(fc.string({ unit: "grapheme", minLength: 1 }), fc.constantFrom("misleading", "corrective"), (conclusion, verdict) => {
			fc.pre(!conclusion.includes("</think>"));
			expect(parseJsonReply(`Here: ${JSON.stringify({ conclusion, verdict })}`, schema)).toEqual({ ok: true, value: { conclusion, verdict } });
		}),
	);
});
