import { z } from "zod";
import { spellAlike } from "../../language/spelling.js";
import { maxAnswerLength, maxQuestionLength, readText, reserved } from "../map-line.js";
import type { BadLine } from "../source.js";
import { createIdIndex, type IdIndex } from "./id-index.js";
import type { SplitFiles } from "./locate-files.js";
import { readElements } from "./read-elements.js";
import { detach, faultOf, type LeftOutReason, noFault, none, type Store } from "./store.js";
import { taskOf } from "./task-names.js";

const idSchema = z.int().min(0);
const questionSchema = z.object({ question_id: idSchema, image_id: idSchema, question: z.unknown() });
const annotationSchema = z.object({
	question_id: idSchema,
	image_id: idSchema.optional(),
	question_type: z.string().min(1),
	/** One list for a person's answer each; only the first counts. */
	answers: z.unknown(),
});

/** As absurd questions are answered: the thing asked about is not there. */
const absurdAnswer = "doesnotapply";

/**
 * Reads a split into the store: the questions, and then the annotations, which need not be in the same order. What cannot be read
 * is told and left out.
 * @param leaveOut tasks
 * @throws CandorError (exit 2) naming the file, where a file as a whole cannot be read
 */
export async function readSplit(store: Store, files: SplitFiles, leaveOut: ReadonlySet<string>, onBadLine: (bad: BadLine) => void): Promise<void> {
	const firstRow = store.rows.id.length;
	store.splitStarts.push({ split: files.split, row: firstRow });
	const index = createIdIndex((row) => store.rows.id.at(row));
	const skip = (reason: LeftOutReason, detail: string, value: unknown) => {
		store.unread.set(reason, (store.unread.get(reason) ?? 0) + 1);
		onBadLine({ file: files.questions, reason, detail, text: excerptOf(value) });
	};
	await readElements(files.questions, "questions", (value, at) => {
		const question = questionSchema.safeParse(value);
		if (!question.success) return skip("question-unreadable", `element ${at + 1} of "questions": ${describe(question.error)}`, value);
		const { question_id: id } = question.data;
		if (index.find(id) !== undefined) return skip("duplicate-id", `element ${at + 1} of "questions": question_id ${id} stands there already`, value);
		addQuestion(store, question.data);
		index.add(store.rows.id.length - 1);
	});
	await readAnnotations(store, files, index, leaveOut, onBadLine);
	tellUnanswered(store, files, firstRow, onBadLine);
}

function addQuestion({ rows, texts, ...store }: Store, { question_id: id, image_id: imageId, question }: z.infer<typeof questionSchema>): void {
	const text = typeof question === "string" ? readText(question) : undefined;
	const fault = faultOfQuestion(text);
	rows.id.push(id);
	rows.image.push(store.imageNumberOf(imageId));
	rows.text.push(fault === undefined && text !== undefined ? texts.push(text) : none);
	rows.task.push(none);
	rows.answer.push(none);
	rows.fault.push(fault === undefined ? noFault : faultOf(fault));
}

function faultOfQuestion(text: string | undefined): LeftOutReason | undefined {
	if (text === undefined) return "question-missing";
	if (text.length > maxQuestionLength) return "question-too-long";
	return faultOfText(text);
}

function faultOfText(text: string): LeftOutReason | undefined {
	// What decoding puts in place of bytes that are no UTF-8.
	if (text.includes("\ufffd")) return "text-damaged";
	return reserved.test(text) ? "reserved-string" : undefined;
}

async function readAnnotations(
	store: Store,
	{ annotations: file }: SplitFiles,
	index: IdIndex,
	leaveOut: ReadonlySet<string>,
	onBadLine: (bad: BadLine) => void,
): Promise<void> {
	const { rows, tasks } = store;
	let strangers = 0;
	let firstStranger = 0;
	const taskNumbers = new Map<string, number>();
	const taskNumberOf = (questionType: string): number => {
		const number = taskNumbers.get(questionType) ?? tasks.numberOf(taskOf(questionType));
		if (!taskNumbers.has(questionType)) taskNumbers.set(detach(questionType), number);
		return number;
	};
	await readElements(file, "annotations", (value, at) => {
		const tell = (reason: string, detail: string) =>
			onBadLine({ file, reason, detail: `element ${at + 1} of "annotations": ${detail}`, text: excerptOf(value) });
		const annotation = annotationSchema.safeParse(value);
		if (!annotation.success) return tell("annotation-unreadable", describe(annotation.error));
		const { question_id: id, image_id: imageId, question_type: type, answers } = annotation.data;
		const row = index.find(id);
		if (row === undefined) {
			if (strangers === 0) firstStranger = id;
			strangers++;
			return;
		}
		if (rows.task.at(row) !== none) {
			const differs = rows.fault.at(row) === noFault && tidyAnswer(firstOf(answers)) !== store.answers.at(rows.answer.at(row));
			if (differs) rows.fault.set(row, faultOf("answers-differ"));
			return tell("duplicate-annotation", `question_id ${id} is answered already${differs ? ", and otherwise: the question is left out" : ""}`);
		}
		rows.task.set(row, taskNumberOf(type));
		const fault = leaveOut.has(tasks.at(rows.task.at(row)))
			? "task-left-out"
			: imageId !== undefined && imageId !== store.imageIds.at(rows.image.at(row))
				? "image-ids-differ"
				: undefined;
		if (fault !== undefined) rows.fault.set(row, faultOf(fault));
		else if (rows.fault.at(row) === noFault) setAnswer(store, row, answers);
	});
	if (strangers > 0) {
		onBadLine({
			file,
			reason: "annotation-without-question",
			detail: `${strangers} annotations are for no question of the split; the first is of question_id ${firstStranger}`,
		});
	}
}

function setAnswer({ rows, answers: names }: Store, row: number, answers: unknown): void {
	const answer = tidyAnswer(firstOf(answers));
	const fault = faultOfAnswer(answer);
	if (fault !== undefined) rows.fault.set(row, faultOf(fault));
	else if (answer !== undefined) rows.answer.set(row, names.numberOf(answer));
}

function firstOf(answers: unknown): unknown {
	const first: unknown = Array.isArray(answers) ? answers[0] : undefined;
	return typeof first === "object" && first !== null ? Reflect.get(first, "answer") : first;
}

function faultOfAnswer(answer: string | undefined): LeftOutReason | undefined {
	if (answer === undefined) return "answer-missing";
	if (answer === absurdAnswer) return "answer-does-not-apply";
	if (answer.length > maxAnswerLength) return "answer-too-long";
	return faultOfText(answer);
}

/** In lower case and American spelling, without a full stop at the end. Names in TDIUC's answers are in lower case too. */
function tidyAnswer(value: unknown): string | undefined {
	const text = readText(value);
	if (text === undefined || text.length > 2 * maxAnswerLength) return text;
	const bare = text.toLowerCase().replace(/[.!]+$/, "");
	return bare === "" ? undefined : bare.split(" ").map(spellAlike).join(" ");
}

function tellUnanswered(store: Store, { annotations: file }: SplitFiles, firstRow: number, onBadLine: (bad: BadLine) => void): void {
	const { rows } = store;
	let count = 0;
	let firstId = 0;
	for (let row = firstRow; row < rows.id.length; row++) {
		if (rows.task.at(row) !== none) continue;
		if (count === 0) firstId = rows.id.at(row);
		rows.fault.set(row, faultOf("annotation-missing"));
		count++;
	}
	if (count > 0)
		onBadLine({ file, reason: "annotation-missing", detail: `${count} questions of the split have no annotation; the first is question_id ${firstId}` });
}

function describe(error: z.ZodError): string {
	return error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join(".")}: ${message}`)).join("; ");
}

function excerptOf(value: unknown): string {
	return detach((JSON.stringify(value) ?? "").slice(0, 500));
}
