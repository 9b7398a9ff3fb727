import fc from "fast-check";
import { Liquid } from "liquidjs";
import { expect, test } from "vitest";
import { renderTemplate } from "../../src/pipeline/render-template.js";

const piece = fc.oneof(
	fc.constantFrom("{{a}}", "{{ b }}", "{{a | upcase}}", "{{- a -}}", "{% if a %}yes{% endif %}", "{{'b'}}", " ", "{", "}}", "{{c.d}}"),
	fc.string({ maxLength: 8 }).filter((text) => !text.includes("{")),
);

test("templates read as Liquid reads them", () => {
	const liquid = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true });
	const values = fc.record({ a: fc.oneof(fc.string(), fc.integer()), b: fc.constantFrom("{{a}}", "", "x") });
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 6 }), values, (pieces, given) => {
			const template = pieces.join("");
			const outcome = (render: () => string) => {
				try {
					return render();
				} catch {
					return new Error("refused");
				}
			};
			expect(outcome(() => renderTemplate(template, given))).toEqual(outcome(() => String(liquid.parseAndRenderSync(template, given))));
		}),
	);
});

test("a slot without a value is named, also where objects have such a property", () => {
	expect(() => renderTemplate("It is {{answer}}.", {})).toThrow(/answer/);
	expect(() => renderTemplate("It is {{constructor}}.", {})).toThrow(/constructor/);
});
