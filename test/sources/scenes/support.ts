import type { Question } from "../../../src/records/index.js";
import { openScenes, type ScenesOptions } from "../../../src/sources/scenes/open-scenes.js";
import { composeScene } from "../../../src/sources/scenes/world/compose-scene.js";
import type { Scene } from "../../../src/sources/scenes/world/scene.js";

export const defaults: ScenesOptions = { pictures: 400, seed: 0, skew: 1, resolution: 640, degradation: "none" };

export async function listQuestions(change: Partial<ScenesOptions> = {}): Promise<Question[]> {
	const questions: Question[] = [];
	for await (const question of openScenes({ ...defaults, ...change }).read(() => {})) questions.push(question);
	return questions;
}

/** The scene that a question is about. */
export function sceneOf({ image }: Question, { seed, skew } = defaults): Scene {
	return composeScene(seed, Number(/-(\d+)\.png$/.exec(image)?.[1]), skew);
}
