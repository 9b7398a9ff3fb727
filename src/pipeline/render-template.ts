import { Liquid, type Template } from "liquidjs";

type Values = Readonly<Record<string, unknown>>;

const liquid = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true });
const slot = /\{\{\s*([A-Za-z_]\w*)\s*\}\}/;
const compiled = new Map<string, { readonly parts: readonly string[] } | { readonly parsed: Template[] }>();

/** Fills the slots of a template (`{{claim}}`). What is filled in is taken as it is. @throws Error for a slot without a value */
export function renderTemplate(template: string, values: Values): string {
	let known = compiled.get(template);
	if (known === undefined) {
		known = compile(template);
		compiled.set(template, known);
	}
	const filled = "parts" in known ? fillSlots(known.parts, values) : undefined;
	return filled ?? String(liquid.renderSync("parsed" in known ? known.parsed : liquid.parse(template), values));
}

/** Nearly every template is text and slots by turns; what has more in it, such as a filter or a condition, is for Liquid. */
function compile(template: string): { readonly parts: readonly string[] } | { readonly parsed: Template[] } {
	const parts = template.split(slot);
	// A brace before a slot makes something else of it: Liquid reads `{{{a}}` from its first brace on.
	const isPlain = parts.every((part, index) => index % 2 === 1 || !part.includes("{"));
	return isPlain ? { parts } : { parsed: liquid.parse(template) };
}

/** The text, or nothing where a slot has no text of its own to put there: Liquid says what is to be done then. */
function fillSlots(parts: readonly string[], values: Values): string | undefined {
	let text = "";
	for (const [index, part] of parts.entries()) {
		if (index % 2 === 0) text += part;
		else {
			const value = Object.hasOwn(values, part) ? values[part] : undefined;
			if (typeof value !== "string") return undefined;
			text += value;
		}
	}
	return text;
}
