import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { renderPage } from "../../src/look/render-page.js";
import { rowSchema } from "../../src/records/index.js";
import { makeRow } from "../rules/make-row.js";

const hostile = `</p><script>alert("1")</script><img src=x onerror='alert(2)'>&amp;`;

function render(rows: Parameters<typeof renderPage>[0]["rows"], name = "r"): string {
	return renderPage({ name, totals: [{ pipeline: name, rows: 1, scenarios: { misleading: 1 } }], rows, pictures: new Map() });
}

test.each(["srt", "sft", "dpo"] as const)("every text of a row of kind %s is escaped", (kind) => {
	const row = makeRow({ kind, timing: "two-round" });
	/** The same row with the hostile text wherever a text may be anything. */
	const spoil = (value: unknown, key = ""): unknown => {
		if (typeof value === "string")
			return [
				"text",
				"textualization",
				"reflection",
				"conclusion",
				"chosen",
				"rejected",
				"system",
				"answer",
				"claim",
				"firstAnswer",
				"task",
				"question",
				"questionId",
				"source",
				"teacher",
				"group",
			].includes(key)
				? hostile
				: value;
		if (Array.isArray(value)) return value.map((inner) => spoil(inner, key));
		return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, spoil(each, inner)])) : value;
	};
	const html = render([rowSchema.parse(spoil({ ...row, system: "s" }))], hostile);
	expect(html.match(/<script/g)).toHaveLength(1);
	expect(html).not.toContain("<img");
	expect(html).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;");
	expect(html).toContain("&amp;amp;");
});

test("the policy allows the page's own script and style, and nothing else", () => {
	const html = render([makeRow()]);
	const [, policy = ""] = /Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
	expect(policy).toContain("default-src 'none'; img-src data:;");
	for (const tag of ["script", "style"]) {
		const [, text = ""] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html) ?? [];
		expect(policy).toContain(`${tag}-src 'sha256-${createHash("sha256").update(text).digest("base64")}'`);
	}
});

test("what is trained, what is not, and a picture that is gone are said in words", () => {
	const html = render([makeRow({ kind: "srt", timing: "two-round" }), makeRow({ kind: "dpo", timing: "one-round" })]);
	expect(html).toContain("context, not trained");
	for (const word of ["trained", "chosen", "rejected"]) expect(html).toContain(`</svg>${word}</span>`);
	for (const part of ["Textualization", "Reflection", "Conclusion"]) expect(html).toContain(`<h3>${part}`);
	expect(html).toContain("The first answer is right; the user pushes a wrong one.");
	expect(html).toMatch(/There is no picture at images\/3f\//);
});
