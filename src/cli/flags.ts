import { configurationError } from "../records/errors.js";

/** How flags are declared, so that each that takes a value is given once, has a value, and says so where not. */

interface About {
	readonly describe: string;
	readonly group?: string;
	/** Shown in the help only: a config's own default is the config's business. */
	readonly defaultDescription?: string;
}

export function textFlag(name: string, about: About) {
	return { ...about, string: true as const, requiresArg: true, coerce: (value: unknown): string => once(name, value) };
}

/** A flag that may be given several times. */
export function listFlag(name: string, about: About) {
	return {
		...about,
		string: true as const,
		requiresArg: true,
		coerce: (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map((part: unknown) => once(name, part)),
	};
}

export function wholeNumberFlag(name: string, minimum: number, about: About) {
	// Without a type: as a number, yargs would hand over NaN instead of what was typed.
	return { ...about, requiresArg: true, coerce: (value: unknown): number => readWholeNumber(name, once(name, value), minimum) };
}

export function switchFlag(about: About) {
	return { ...about, boolean: true as const, coerce: (value: unknown): boolean => [value].flat().includes(true) };
}

function once(name: string, value: unknown): string {
	if (Array.isArray(value)) {
		throw configurationError(`--${name}: is given ${value.length} times; give it once`);
	}
	if (typeof value !== "string" || value.trim() === "") {
		throw configurationError(`--${name}: needs a value`);
	}
	return value;
}

function readWholeNumber(name: string, text: string, minimum: number): number {
	const value = Number(text);
	if (!/^[+-]?\d+$/.test(text.trim()) || !Number.isSafeInteger(value) || value < minimum) {
		throw configurationError(`--${name}: "${text}" is not allowed: must be a whole number of at least ${minimum}`);
	}
	return value;
}
