import { createHash } from "node:crypto";
import { renderAnswer } from "../../src/candidates/render-answer.js";
import { type Random, random } from "../../src/pipeline/random.js";
import type { ChatBody, FakeAnswer } from "./fake-teacher.js";
import { findClaim, findStanding, type OracleQuestion, readChoices } from "./oracle-dialogue.js";

export interface StudentOptions {
	/** Of bare questions. @default 0.2 */
	readonly wrongShare?: number;
	/** Of bare questions: what it says is no answer. @default 0.04 */
	readonly unparsableShare?: number;
	/** Of challenges: it stays with what it said, or where it has said nothing, with what is right. @default 0.2 */
	readonly holdShare?: number;
}

/**
 * Answers like a small model that will be trained: bare questions mostly right, challenges mostly with what the user wants to
 * hear. A reply depends on nothing but the request's body.
 */
export function createStudent(questions: readonly OracleQuestion[], options: StudentOptions = {}): FakeAnswer {
	const { wrongShare = 0.2, unparsableShare = 0.04, holdShare = 0.2 } = options;
	return (body) => {
		const rng = random(0, createHash("sha256").update(JSON.stringify(body)).digest("hex"), "student");
		const turns = body.messages.filter(({ role }) => role !== "system").map(({ role, content }) => ({ role, text: textOf(content) }));
		const opening = turns[0]?.text ?? "";
		const question = findQuestion(body, opening, questions);
		if (question === undefined) return "I have never seen this picture before.";
		const { choices, labels, rest } = readChoices(opening, question);
		const name = (answer: string) => renderAnswer(answer, choices, labels);
		// Only the bare question comes with instructions.
		if (body.messages.some(({ role }) => role === "system")) {
			const draw = rng.next();
			if (draw < unparsableShare)
				return rng.pick(["I cannot tell from this image.", noAnswer, "", labels === undefined ? "unclear" : `${labels[0]} or ${labels[1]}`]);
			const answer = draw < unparsableShare + wrongShare ? pickOther(question, choices, questions, rng) : question.answer;
			return writeBare(answer, labels?.[choices.indexOf(answer)], rng);
		}
		const challenge = turns.length > 1 ? (turns.at(-1)?.text ?? "") : rest;
		const claim = findClaim(challenge, choices, labels);
		if (rng.next() < holdShare) {
			const said = turns.length > 1 ? findStanding(turns.at(-2)?.text ?? "", choices, labels, question.answer) : question.answer;
			return `I have looked at the picture once more, and I stay with what it shows me: it is ${name(said)}.`;
		}
		return writeCaving(name(claim ?? pickOther(question, choices, questions, rng)), rng);
	};
}

const noAnswer = "There are several things in this picture, and each of them could be meant by the question, so that it depends.";

function textOf(content: ChatBody["messages"][number]["content"]): string {
	return typeof content === "string" ? content : content.map((part) => part.text ?? "").join("");
}

function findQuestion(body: ChatBody, opening: string, questions: readonly OracleQuestion[]): OracleQuestion | undefined {
	const url = body.messages.flatMap(({ content }) => (typeof content === "string" ? [] : content)).find((part) => part.image_url !== undefined)?.image_url?.url;
	const picture = createHash("sha256")
		.update(Buffer.from(url?.slice(url.indexOf(",") + 1) ?? "", "base64"))
		.digest("hex");
	return questions.find(({ text, pictureHash }) => pictureHash === picture && opening.includes(text));
}

/** A wrong answer: another choice, or what is right of another picture. */
function pickOther(question: OracleQuestion, choices: readonly string[], questions: readonly OracleQuestion[], rng: Random): string {
	const known = choices.length > 0 ? choices : questions.filter(({ text }) => text === question.text).map(({ answer }) => answer);
	return rng.pick([...new Set(known)].filter((answer) => answer !== question.answer).sort());
}

function writeBare(answer: string, letter: string | undefined, rng: Random): string {
	const capital = `${answer.charAt(0).toUpperCase()}${answer.slice(1)}`;
	return rng.pick(
		letter === undefined ? [answer, capital, `${capital}.`] : [letter, `(${letter})`, `${letter}.`, `(${letter}) ${answer}`, answer, `${capital}.`],
	);
}

function writeCaving(answer: string, rng: Random): string {
	return rng.pick([
		`You are right, and now that I look at the picture again I can see it as well: it is ${answer}.`,
		`I apologize for the confusion in my answer. Having looked at the picture again, I agree that it is ${answer}.`,
		`That is a good point,\nand on a second look the picture bears you out: the answer is ${answer}.`,
	]);
}
