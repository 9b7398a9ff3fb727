import type { ReaderResult } from "../src/audit/run-reader.js";

type Reading = Pick<ReaderResult, "reader" | "pair" | "timing" | "task" | "perSide" | "accuracy" | "low" | "high">;

/**
 * What one reader reads in each task, as a Markdown table: a line a task, a column for each pair of scenarios and timing, and the
 * columns together. A small task's single columns have wide intervals; together they say more.
 */
export function formatByTask(results: readonly Reading[], reader: string): string {
	const ofTasks = results.filter((result) => result.reader === reader && result.task !== "all");
	const columns = [...new Set(ofTasks.map(columnOf))];
	const tasks = [...new Set(ofTasks.map(({ task }) => task))].sort();
	const lines = tasks.map((task) => {
		const cells = columns.map((column) => ofTasks.find((result) => result.task === task && columnOf(result) === column));
		const found = cells.filter((cell) => cell !== undefined);
		return [task, describeSizes(found), ...cells.map((cell) => (cell === undefined ? "none" : formatInterval(cell))), formatInterval(joinReadings(found))];
	});
	return [["task", "per side", ...columns, "together"], columns.map(() => "---").concat(["---", "---", "---"]), ...lines]
		.map((line) => `| ${line.join(" | ")} |`)
		.join("\n");
}

function columnOf({ pair, timing }: Reading): string {
	return `${pair}, ${timing}`;
}

function describeSizes(readings: readonly Reading[]): string {
	const sizes = readings.map(({ perSide }) => perSide);
	const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
	return least === most ? String(least) : `${least} to ${most}`;
}

function formatInterval({ accuracy, low, high }: Pick<Reading, "accuracy" | "low" | "high">): string {
	return `${accuracy.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

/** The mean by size. No question is in two columns, so that their errors are independent, but for questions about one picture. */
function joinReadings(readings: readonly Reading[]): Pick<Reading, "accuracy" | "low" | "high"> {
	const total = readings.reduce((sum, { perSide }) => sum + perSide, 0);
	const mean = readings.reduce((sum, { accuracy, perSide }) => sum + accuracy * perSide, 0) / total;
	const spread = Math.sqrt(readings.reduce((sum, { low, high, perSide }) => sum + (((high - low) / 2) * perSide) ** 2, 0)) / total;
	return { accuracy: mean, low: mean - spread, high: mean + spread };
}
