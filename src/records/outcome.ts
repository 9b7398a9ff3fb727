import { z } from "zod";
import type { Row } from "./row.js";

/** Why a candidate came to nothing. Never silent: every rejection has a reason code and says what was seen. */
export const rejectionSchema = z.strictObject({
	/** A reason code in kebab-case: the name of the rule that failed, or of the failure. */
	reason: z.string().regex(/^[a-z][a-z0-9-]*$/),
	/** One sentence for a person: what was found, and where. */
	detail: z.string(),
	/** The stage that is to blame, if one is: it and those after it are asked again while attempts last. */
	stage: z.string().optional(),
	/** The teacher's last reply, where one came. */
	reply: z.string().optional(),
});
export type Rejection = z.infer<typeof rejectionSchema>;

/** What became of a candidate in one pipeline. */
export type Outcome = { readonly type: "row"; readonly row: Row } | { readonly type: "rejection"; readonly rejection: Rejection; readonly attempts: number };

export function isRejection(value: object): value is { rejection: Rejection } {
	return "rejection" in value;
}

/** Builds what a stage returns to give a candidate up. */
export function reject(reason: string, detail: string, extra: { stage?: string; reply?: string } = {}): { rejection: Rejection } {
	return { rejection: { reason, detail, ...extra } };
}
