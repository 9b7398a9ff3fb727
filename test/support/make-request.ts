import type { Candidate, ImageRef } from "../../src/records/index.js";
import type { Content, TeacherRequest } from "../../src/teacher/index.js";

export const blackPixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

export function makeImageRef(digit = "a", extension: "jpg" | "png" = "png"): ImageRef {
	const sha256 = digit.repeat(64);
	return { path: `images/${sha256.slice(0, 2)}/${sha256}.${extension}`, sha256, width: 1, height: 1 };
}

export function makeCandidate(group = "g1"): Candidate {
	return {
		group,
		dialogue: 0,
		cell: { task: "color", scenario: "misleading", timing: "one-round" },
		rank: 0,
		question: { id: "q1", source: "test", image: "a.png", text: "What color is it?", task: "color", answer: "red" },
		verdict: "misleading",
		act: "claim",
		family: "train",
		questionTemplate: "plain",
		options: ["red", "blue"],
		wrong: "blue",
		turns: [{ role: "user", text: "What color is it?" }],
	};
}

/** A request that differs from others by its text. */
export function makeRequest(text: string, change: Partial<TeacherRequest> & { image?: ImageRef } = {}): TeacherRequest {
	const { image, ...rest } = change;
	const content: Content[] = [...(image === undefined ? [] : [{ type: "image" as const, image }]), { type: "text", text }];
	return {
		model: "fake-vlm",
		messages: [
			{ role: "system", content: [{ type: "text", text: "Be brief." }] },
			{ role: "user", content },
		],
		sampling: { temperature: 0.7, maxOutputTokens: 64, seed: 1 },
		attempt: 1,
		about: { pipeline: "sft", stage: "respond", candidate: makeCandidate() },
		priority: 0,
		...rest,
	};
}
