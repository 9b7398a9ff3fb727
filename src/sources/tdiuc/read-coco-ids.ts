import { z } from "zod";
import { requireFile } from "../require-path.js";
import { readElements } from "./read-elements.js";

const pictureSchema = z.object({ image_id: z.int().min(0), coco_id: z.int().min(0) });

/**
 * Which of Visual Genome's pictures are COCO pictures too: COCO's id by Visual Genome's, from its image_data.json.
 * @throws CandorError (exit 2) naming the file, where it cannot be read
 */
export async function readCocoIds(path: string): Promise<Map<number, number>> {
	await requireVisualGenome(path);
	const cocoIds = new Map<number, number>();
	await readElements(path, undefined, (value) => {
		// Half of the pictures have no coco_id: null.
		const picture = pictureSchema.safeParse(value);
		if (picture.success) cocoIds.set(picture.data.image_id, picture.data.coco_id);
	});
	return cocoIds;
}

/** @throws CandorError (exit 2) where the list is not there */
export function requireVisualGenome(path: string): Promise<void> {
	return requireFile(
		path,
		"source.visualGenome",
		"unpack Visual Genome's image_data.json.zip and name the file, or leave the setting out: a picture that COCO has too then counts as two (docs/recipes.md)",
	);
}
