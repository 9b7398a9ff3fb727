import { z } from "zod";

const shownIssues = 3;
const shownCharacters = 60;

/** Why a value is no row: the fields that do not fit, with what stands there. */
export function describeRowFault(error: z.ZodError, value: unknown): string {
	const told = error.issues.slice(0, shownIssues).map((issue) => describeIssue(issue, value));
	const more = error.issues.length - told.length;
	return `${told.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

function describeIssue(issue: z.core.$ZodIssue, row: unknown): string {
	const field = z.core.toDotPath(issue.path) || "the row";
	if (issue.code === "unrecognized_keys") return `${field} has fields that no row has: ${issue.keys.join(", ")}`;
	const value = issue.path.reduce<unknown>((inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined), row);
	if (value === undefined) return `${field} is missing`;
	const shown = JSON.stringify(value);
	return `${field} is ${shown.length > shownCharacters ? `${shown.slice(0, shownCharacters)}...` : shown}: ${issue.message}`;
}
