import { createHash } from "node:crypto";
import { normalizeAnswer } from "../language/normalize-answer.js";
import { sameMeaning } from "../language/synonyms.js";
import type { Question } from "../records/index.js";

/** The names that a user's file uses; a dotted name reaches into nested objects. */
export interface FieldMapping {
	readonly fields: Readonly<Record<"id" | "image" | "imageId" | "question" | "answer" | "wrong" | "choices" | "task" | "evidence", string>>;
	/** Turns a picture's id into a file name: `COCO_val2014_{id:12}.jpg`. */
	readonly imageTemplate?: string | undefined;
	/** The task of lines that name none. */
	readonly task: string;
}

type Mapped = { question: Omit<Question, "source"> } | { reason: string; detail: string };

/** Answers are words or short phrases; a sentence cannot stand among choices. @unit characters */
export const maxAnswerLength = 80;
export const maxQuestionLength = 1_000;
/** What trainers take for their own tokens. */
export const reserved = /<\/?[a-z_-]+>|<\||\[\/?INST\]/i;

/** One line of a user's file as a question, or what is wrong with it. Never throws. */
export function mapLine(value: unknown, mapping: FieldMapping): Mapped {
	if (typeof value !== "object" || value === null || Array.isArray(value)) {
		return bad("line-not-an-object", "the line is not a JSON object");
	}
	const { fields } = mapping;
	const raw = (field: keyof typeof fields) => valueAt(value, fields[field]);
	const text = readText(raw("question"));
	if (text === undefined) return bad("question-missing", `field "${fields.question}" must be text, got ${show(raw("question"))}`);
	if (text.length > maxQuestionLength)
		return bad("question-too-long", `field "${fields.question}" has ${text.length} characters; at most ${maxQuestionLength} are allowed`);
	if (reserved.test(text)) return holdsReserved(fields.question);

	const image = readImage(raw("image"), mapping);
	if (typeof image !== "string") return bad(image.reason, `field "${fields.image}" ${image.detail}`);

	const answers = readAnswers(raw("answer"));
	const [answer, ...others] = answers ?? [];
	if (answer === undefined) return bad("answer-missing", `field "${fields.answer}" must be text or a list of answers, got ${show(raw("answer"))}`);
	const unfit = checkAnswers([answer], fields.answer);
	if (unfit !== undefined) return unfit;

	const wrong = readList(raw("wrong"));
	if (wrong === null) return bad("wrong-not-a-list", `field "${fields.wrong}" must be a list of texts, got ${show(raw("wrong"))}`);
	const unfitWrong = checkAnswers(wrong ?? [], fields.wrong);
	if (unfitWrong !== undefined) return unfitWrong;
	const clash = wrong?.find((option) => sameMeaning(option, answer));
	if (clash !== undefined) return bad("wrong-answer-is-right", `field "${fields.wrong}" holds "${clash}", which means the same as the answer "${answer}"`);

	const choices = readList(raw("choices"));
	const checked = choices === undefined ? undefined : checkChoices(choices, answer, fields.choices);
	if (checked !== undefined && "reason" in checked) return checked;

	const evidence = readList(raw("evidence"));
	if (evidence === null) return bad("evidence-not-a-list", `field "${fields.evidence}" must be a list of sentences, got ${show(raw("evidence"))}`);
	if (evidence?.some((sentence) => reserved.test(sentence))) return holdsReserved(fields.evidence);
	// The scenes source writes it; users' files seldom have one, so that its name is not a setting.
	const pool = readText(valueAt(value, "pool"));
	const task = readText(raw("task")) ?? mapping.task;
	const imageId = readText(raw("imageId"));
	const alsoRight = others.filter((other) => !sameMeaning(other, answer));
	return {
		question: {
			id: readText(raw("id")) ?? createHash("sha256").update(`${image}\n${text}`).digest("hex").slice(0, 16),
			image,
			...(imageId === undefined ? {} : { imageId }),
			text,
			task: task.toLowerCase().replace(/[\s_/]+/g, "-"),
			...(pool === undefined ? {} : { pool }),
			answer: checked?.answer ?? answer,
			...(alsoRight.length === 0 ? {} : { alsoRight }),
			...(wrong === undefined || wrong.length === 0 ? {} : { wrong }),
			...(checked === undefined ? {} : { choices: checked.choices }),
			...(evidence === undefined || evidence.length === 0 ? {} : { evidence }),
		},
	};
}

function bad(reason: string, detail: string): { reason: string; detail: string } {
	return { reason, detail };
}

function holdsReserved(field: string): { reason: string; detail: string } {
	return bad("reserved-string", `field "${field}" holds something that trainers take for a token of theirs`);
}

/** What is wrong with answers, right or wrong ones, that may come to stand among choices. */
function checkAnswers(answers: readonly string[], field: string): { reason: string; detail: string } | undefined {
	if (answers.some((answer) => reserved.test(answer))) return holdsReserved(field);
	const long = answers.find((answer) => answer.length > maxAnswerLength);
	return long === undefined
		? undefined
		: bad("answer-too-long", `field "${field}" has an answer of ${long.length} characters; at most ${maxAnswerLength} are allowed`);
}

function show(value: unknown): string {
	return value === undefined ? "nothing" : (JSON.stringify(value) ?? String(value)).slice(0, 80);
}

function valueAt(value: object, path: string): unknown {
	if (Object.hasOwn(value, path)) return Reflect.get(value, path);
	let here: unknown = value;
	for (const key of path.split(".")) {
		if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
		here = Reflect.get(here, key);
	}
	return here;
}

/** What most texts are: one line of ASCII with single spaces, which is as it should be. */
const tidy = /^[!-~]+(?: [!-~]+)*$/;

/** Text or a number as trimmed text in one line; nothing for all else and for empty text. */
export function readText(value: unknown): string | undefined {
	if (typeof value === "string" && tidy.test(value)) return value;
	if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
	const text = (typeof value === "boolean" ? (value ? "yes" : "no") : String(value)).normalize("NFC").replace(/\s+/g, " ").trim();
	return text === "" || !text.isWellFormed() ? undefined : text;
}

function readImage(value: unknown, mapping: FieldMapping): string | { reason: string; detail: string } {
	// A file's name is taken letter by letter: accents may be written in two ways, and both may be there.
	const text = typeof value === "string" ? value.trim() : readText(value);
	if (text === undefined || text === "") return bad("image-missing-field", `must name a picture, got ${show(value)}`);
	if (/^[a-z]+:\/\//i.test(text)) return bad("image-is-url", `is a URL (${text.slice(0, 80)}); download the picture and give its path`);
	const { imageTemplate } = mapping;
	if (imageTemplate === undefined) return text;
	return imageTemplate.replace(/\{id(?::(\d{1,2}))?\}/g, (_, width: string | undefined) => text.padStart(Number(width ?? 0), "0"));
}

/** The answers, the most frequent one first (VQA gives ten of them); nothing where there is none. */
function readAnswers(value: unknown): string[] | undefined {
	const list = Array.isArray(value) ? value : [value];
	const counts = new Map<string, { text: string; count: number }>();
	for (const item of list) {
		const text = readText(typeof item === "object" && item !== null ? Reflect.get(item, "answer") : item);
		if (text === undefined) continue;
		const bare = text.replace(/[.!]+$/, "");
		if (bare === "") continue;
		const key = normalizeAnswer(bare);
		const known = counts.get(key);
		if (known === undefined) counts.set(key, { text: lowerFirst(bare), count: 1 });
		else known.count++;
	}
	const sorted = [...counts.values()].sort((a, b) => b.count - a.count).map(({ text }) => text);
	return sorted.length === 0 ? undefined : sorted;
}

/** `Red` as `red`; names and abbreviations (`TV`, `London Bridge`) keep their capitals. */
function lowerFirst(text: string): string {
	return /^[A-Z][a-z]+$/.test(text) ? text.toLowerCase() : text;
}

/** A list of texts; undefined where there is none, null where it is something else. */
function readList(value: unknown): string[] | undefined | null {
	if (value === undefined || value === null) return undefined;
	if (typeof value === "string") return [value.trim()].filter((text) => text !== "");
	if (!Array.isArray(value)) return null;
	const texts = value.map(readText);
	return texts.every((text) => text !== undefined) ? texts : null;
}

function checkChoices(choices: string[] | null, answer: string, field: string): { choices: string[]; answer: string } | { reason: string; detail: string } {
	if (choices === null) return bad("choices-not-a-list", `field "${field}" must be a list of texts`);
	if (choices.length < 2 || choices.length > 4) return bad("choices-count", `field "${field}" has ${choices.length} choices; 2 to 4 are allowed`);
	const unfit = checkAnswers(choices, field);
	if (unfit !== undefined) return unfit;
	const index = choices.findIndex((choice) => normalizeAnswer(choice) === normalizeAnswer(answer));
	const right = choices[index];
	if (right === undefined)
		return bad("answer-not-among-choices", `the answer "${answer}" is not among the choices ${choices.map((choice) => `"${choice}"`).join(", ")}`);
	for (const [i, a] of choices.entries()) {
		const twin = choices.slice(i + 1).find((b) => sameMeaning(a, b));
		if (twin !== undefined) return bad("choices-mean-the-same", `the choices "${a}" and "${twin}" mean the same`);
	}
	return { choices, answer: right };
}
