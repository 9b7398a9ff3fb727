import { Liquid, type Template } from "liquidjs";

const liquid = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true });
const parsed = new Map<string, Template[]>();

/** Fills the slots of a template (`{{claim}}`). What is filled in is taken as it is. @throws Error for a slot without a value */
export function renderTemplate(template: string, values: Readonly<Record<string, unknown>>): string {
	// Much of what the teacher is told has no slots.
	if (!/\{[{%]/.test(template)) return template;
	let compiled = parsed.get(template);
	if (compiled === undefined) {
		compiled = liquid.parse(template);
		parsed.set(template, compiled);
	}
	return String(liquid.renderSync(compiled, values));
}
