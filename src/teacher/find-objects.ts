const maxObjects = 16;

/**
 * The places in a text that may be JSON objects, in the order to try them: outermost balanced braces first, then what lies
 * between the first brace and the last (quotes may have misled the count), then an object whose closing braces are missing.
 */
export function findObjects(text: string): string[] {
	const found: string[] = [];
	let unclosed: string | undefined;
	let start = text.indexOf("{");
	for (let tries = 0; start >= 0 && tries < maxObjects; tries += 1) {
		const { end, inString } = findEnd(text, start);
		if (end !== undefined) found.push(text.slice(start, end));
		// What ends inside a string has broken off: closing it would make a whole of a half.
		else if (!inString) unclosed ??= text.slice(start);
		start = text.indexOf("{", end ?? start + 1);
	}
	const first = text.indexOf("{");
	const last = text.lastIndexOf("}");
	if (first >= 0 && last > first) found.push(text.slice(first, last + 1));
	if (unclosed !== undefined) found.push(unclosed);
	return [...new Set(found)];
}

function findEnd(text: string, start: number): { end?: number; inString: boolean } {
	let depth = 0;
	let inString = false;
	for (let index = start; index < text.length; index += 1) {
		const character = text[index];
		if (inString) {
			if (character === "\\") index += 1;
			else if (character === '"') inString = false;
		} else if (character === '"') inString = true;
		else if (character === "{") depth += 1;
		else if (character === "}") {
			depth -= 1;
			if (depth === 0) return { end: index + 1, inString: false };
		}
	}
	return { inString };
}
