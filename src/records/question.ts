import { z } from "zod";

/**
 * A visual question with its known answer, as every source gives it.
 * `image` is the path of a local file; `imageId` is the source's own name for the picture (a COCO id), where it has one.
 */
export const questionSchema = z.strictObject({
	id: z.string().min(1),
	source: z.string().min(1),
	image: z.string().min(1),
	imageId: z.string().min(1).optional(),
	text: z.string().min(1),
	task: z.string().min(1),
	/**
	 * The part of the task whose answers can stand in for one another, where not all can: shapes and materials are both attributes.
	 * Absent: the whole task.
	 */
	pool: z.string().min(1).optional(),
	/** The gold: the known right answer. */
	answer: z.string().min(1),
	/** Other answers that are also right; never used as a wrong one. */
	alsoRight: z.array(z.string().min(1)).optional(),
	/** The source's own wrong answers. */
	wrong: z.array(z.string().min(1)).optional(),
	/** The source's own choices, gold included. */
	choices: z.array(z.string().min(1)).min(2).max(4).optional(),
	/** Sentences about the picture that show why the answer is right; the last one names it. */
	evidence: z.array(z.string().min(1)).optional(),
});
export type Question = z.infer<typeof questionSchema>;

/** A picture as rows and requests name it: by content. `path` is relative to the run's folder. */
export const imageRefSchema = z.strictObject({
	path: z.string().regex(/^images\/[0-9a-f]{2}\/[0-9a-f]{64}\.(jpg|png)$/, "must look like images/3f/<sha256>.jpg or .png"),
	sha256: z.string().regex(/^[0-9a-f]{64}$/),
	width: z.int().positive(),
	height: z.int().positive(),
});
export type ImageRef = z.infer<typeof imageRefSchema>;
