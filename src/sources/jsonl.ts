import { hash } from "node:crypto";
import { basename, resolve } from "node:path";
import { configurationError, type Question } from "../records/index.js";
import { hashFile, isJsonlProblem, readJsonl } from "../shards/index.js";
import { type FieldMapping, mapLine } from "./map-line.js";
import { createNumberSet, type NumberSet } from "./number-set.js";
import { requireFile, requireFolder } from "./require-path.js";
import type { BadLine, Source } from "./source.js";

export interface JsonlSourceOptions {
	/** Absolute paths. */
	readonly path: string;
	readonly images: string;
	readonly name: string;
	readonly mapping: FieldMapping;
	/** A line that cannot be used is told and left out, or stops the run. */
	readonly onBadLine: "skip" | "fail";
}

/** A user's own JSONL file. Streams: memory holds one number for each question, to find ids and questions that come twice. */
export function openJsonl(options: JsonlSourceOptions): Source {
	return {
		imageRoots: [options.images],
		async *read(onBadLine) {
			const seen = { ids: createNumberSet(), questions: createNumberSet() };
			for await (const item of readJsonl(options.path)) {
				const result = isJsonlProblem(item) ? { reason: "line-unreadable", detail: item.problem, text: item.excerpt } : checkLine(item.value, options, seen);
				if ("question" in result) {
					yield result.question;
					continue;
				}
				const bad: BadLine = { file: options.path, line: item.line, ...result };
				if (options.onBadLine === "fail") {
					throw configurationError(
						`${options.path}:${bad.line}: ${bad.detail} (${bad.reason}): ${bad.text}`,
						"mend the line, or set source.onBadLine to skip to leave such lines out",
					);
				}
				onBadLine(bad);
			}
		},
		async digests() {
			await requireFile(options.path, "source.path");
			await requireFolder(options.images, "source.images");
			return { [basename(options.path)]: await hashFile(options.path) };
		},
	};
}

function checkLine(
	value: unknown,
	options: JsonlSourceOptions,
	seen: { ids: NumberSet; questions: NumberSet },
): { question: Question } | Pick<BadLine, "reason" | "detail" | "text"> {
	const bad = (problem: { reason: string; detail: string }) => ({ ...problem, text: JSON.stringify(value)?.slice(0, 500) ?? "" });
	const mapped = mapLine(value, options.mapping);
	if ("reason" in mapped) return bad(mapped);
	const question: Question = { ...mapped.question, source: options.name, image: resolve(options.images, mapped.question.image) };
	if (isKnown(seen.ids, question.id)) {
		return bad({ reason: "duplicate-id", detail: `the id "${question.id}" stands on an earlier line` });
	}
	if (isKnown(seen.questions, `${question.image}\n${question.text.toLowerCase()}`)) {
		return bad({ reason: "duplicate-question", detail: "the same question about the same picture stands on an earlier line" });
	}
	return { question };
}

function isKnown(set: NumberSet, text: string): boolean {
	return set.add(hash("sha256", text, "buffer").readUIntBE(0, 6));
}
