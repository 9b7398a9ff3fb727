import { z } from "zod";

/** What a run may use up. It stops before it passes any of these (exit 5), and goes on once they are raised. */
export const budgetSchema = z.strictObject({
	usd: z.number().gt(0).max(10_000_000).optional().describe("Needs teacher.price, and student.price where the student is asked. @unit US dollars"),
	inputTokens: z.int().min(1).optional().describe("Tokens sent, pictures among them, as the server counts them. @unit tokens"),
	outputTokens: z.int().min(1).optional().describe("Tokens answered, thoughts among them, as the server counts them. @unit tokens"),
	requests: z.int().min(1).optional().describe("Requests that the server took, tries that failed on the way among them."),
	minutes: z
		.number()
		.gt(0)
		.max(1_000_000)
		.optional()
		.describe("Wall time of one start of the run, after which nothing more is sent. The others count all starts together. @unit minutes"),
});
