/** What the published files, their paper and their readers call types otherwise. */
const otherNames: ReadonlyMap<string, string> = new Map([
	["attributes", "attribute"],
	["other-attributes", "attribute"],
	["sub-object-recognition", "object-recognition"],
	["subordinate-object-recognition", "object-recognition"],
	["sports-recognition", "sport-recognition"],
	["activity", "activity-recognition"],
	["colors", "color"],
	["count", "counting"],
	["utility", "utility-affordance"],
]);

/** A question type as Candor names tasks: `sport_recognition` is `sport-recognition`. A type that is unknown is a task of its own. */
export function taskOf(questionType: string): string {
	const name = questionType
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\d]+/gu, "-")
		.replace(/^-|-$/g, "");
	return otherNames.get(name) ?? (name === "" ? "general" : name);
}
