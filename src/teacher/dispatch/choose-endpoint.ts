import { createHash } from "node:crypto";
import type { TeacherRequest } from "../teacher.js";

/**
 * The endpoints' names in the order in which a request would like them: the same for every request about the same picture, and moved only
 * where an endpoint comes or goes (rendezvous hashing). A server that saw a picture before has the beginning of the next prompt about it cached.
 */
export function rankEndpoints(request: TeacherRequest, names: readonly string[]): readonly string[] {
	const picture = pictureOf(request);
	if (picture === undefined || names.length < 2) return [];
	const weightOf = (name: string) => createHash("sha256").update(`${picture}:${name}`).digest().readUInt32BE();
	return names
		.map((name) => ({ name, weight: weightOf(name) }))
		.sort((a, b) => b.weight - a.weight)
		.map(({ name }) => name);
}

function pictureOf({ messages }: TeacherRequest): string | undefined {
	for (const { content } of messages) {
		for (const part of content) if (part.type === "image") return part.image.sha256;
	}
	return undefined;
}
