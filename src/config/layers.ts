import { parse } from "yaml";
import { configurationError } from "../records/index.js";
import { showName } from "./secrets.js";
import { listSettings, type Setting, valueAt } from "./settings.js";
import { suggest } from "./suggest.js";

/** A value that stands above the file's. */
export interface Override {
	readonly from: "flag" | "environment";
	/** The dotted path of the setting. */
	readonly path: string;
	/** The flag or the variable, as the user wrote it: `--rows`, `CANDOR_ROWS`. */
	readonly where: string;
	readonly value: unknown;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of ours that are not settings. */
const otherVariables = new Set(["CANDOR_DEBUG"]);

/**
 * The settings that the environment gives. An empty variable counts as unset.
 * @throws CandorError (exit 2) for a variable that is a setting's name misspelt, or that is not YAML where it must be
 */
export function readEnvironment(env: Environment): Override[] {
	const settings = new Map(listSettings().map((setting) => [setting.variable, setting]));
	const overrides: Override[] = [];
	for (const [variable, text] of Object.entries(env)) {
		const setting = settings.get(variable);
		const trimmed = text?.trim() ?? "";
		if (setting !== undefined && trimmed !== "") {
			overrides.push({ from: "environment", path: setting.path, where: variable, value: readValue(trimmed, setting) });
		}
	}
	refuseMisspelt(env, settings, overrides);
	return overrides;
}

/** The file's value with the overrides written over it, later ones last. Neither is changed. */
export function applyOverrides(fileValue: Readonly<Record<string, unknown>>, overrides: readonly Override[]): Record<string, unknown> {
	const merged: Record<string, unknown> = structuredClone(fileValue);
	for (const { path, value } of overrides) {
		setAt(merged, path.split("."), value);
	}
	return merged;
}

function readValue(text: string, setting: Setting): unknown {
	switch (setting.reading) {
		case "text":
			return text;
		case "number":
			return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
		case "list":
			return text
				.split(",")
				.map((part) => part.trim())
				.filter((part) => part !== "");
		case "yaml":
			try {
				return parse(text, { prettyErrors: false, stringKeys: true, maxAliasCount: 0 });
			} catch (thrown) {
				throw configurationError(
					`${setting.variable}: ${setting.path}: is not valid YAML`,
					`Write it like this: ${setting.variable}='{name: 1, other: 2}'`,
					thrown,
				);
			}
	}
}

/** Other programs' CANDOR_ variables are let be, and so is the key's own; near misses of ours are not. */
function refuseMisspelt(env: Environment, settings: ReadonlyMap<string, Setting>, overrides: readonly Override[]): void {
	const keyVariable = overrides.find((override) => override.path === "teacher.apiKeyEnv")?.value;
	for (const [variable, text] of Object.entries(env)) {
		const known = settings.has(variable) || otherVariables.has(variable) || variable === keyVariable;
		if (!variable.startsWith("CANDOR_") || known || (text ?? "").trim() === "" || variable.endsWith("_KEY")) {
			continue;
		}
		const meant = suggest(
			variable.slice("CANDOR_".length),
			[...settings.keys()].map((name) => name.slice("CANDOR_".length)),
		);
		if (meant !== undefined) {
			throw configurationError(
				`${showName(variable)}: no such setting; did you mean CANDOR_${meant}?`,
				`Rename the variable, or unset it: unset ${showName(variable)}`,
			);
		}
	}
}

/** A section that the file gives as something else is left as it is: the schema will say so. */
function setAt(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
	const [last] = path.slice(-1);
	let here: unknown = target;
	for (const key of path.slice(0, -1)) {
		const next = valueAt(here, [key]);
		if (next === undefined || next === null) {
			Reflect.set(here as object, key, {});
			here = valueAt(here, [key]);
		} else if (typeof next === "object") {
			here = next;
		} else {
			return;
		}
	}
	if (last !== undefined) {
		Reflect.set(here as object, last, value);
	}
}
