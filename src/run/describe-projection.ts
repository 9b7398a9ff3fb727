import type { Projection } from "./run-record.js";

/** What a projection holds, in sentences. */
export function describeProjection({ from, steps }: Projection): string {
	return [
		`It holds rows of the run whose config hash begins with \`${from.slice(0, 16)}\`, taken without asking anyone anything.`,
		...steps.map(describeStep),
	].join(" ");
}

function describeStep({ pipelines, where, first, trace }: Projection["steps"][number], index: number): string {
	const parts = [
		`pipelines: ${pipelines.join(", ")}`,
		...Object.entries(where).map(([key, values]) => `only where ${key} is ${values.join(" or ")}`),
		...(first === undefined ? [] : [`only the first ${first} rows of each pipeline`]),
		...(trace === undefined ? [] : ["without traces: the conclusion is the reply"]),
	];
	return `${index === 0 ? "Taken" : "Of these, taken"}: ${parts.join("; ")}.`;
}
