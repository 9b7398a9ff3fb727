import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { renderAnswer } from "../../src/candidates/render-answer.js";
import { packageFolder } from "../../src/pipeline/package-folder.js";
import { random } from "../../src/pipeline/random.js";
import { renderTemplate } from "../../src/pipeline/render-template.js";
import { scenarioTable, type Verdict } from "../../src/records/index.js";
import type { ChatBody, FakeAnswer, FakeMessage, FakeUsage } from "./fake-teacher.js";
import { type JudgedDialogue, judgeDialogue, type OracleQuestion } from "./oracle-dialogue.js";
import { type PlainReply, writeReply } from "./oracle-garble.js";
import { recognisePrompt } from "./oracle-prompts.js";

export type { OracleQuestion } from "./oracle-dialogue.js";

export interface OracleOptions {
	/** Share of the replies that are badly written, or wrong. @default 0 */
	readonly garbleShare?: number;
	/** The usage is about what a model would count, instead of the body's fingerprint. */
	readonly countsTokens?: boolean;
}

type Frames = Readonly<Record<string, Readonly<Record<string, readonly { readonly text: string }[]>>>>;
interface Script {
	readonly textualize: readonly { readonly text: string }[];
	readonly reflect: Frames;
	readonly conclude: Frames;
	readonly respond: Frames;
}

/**
 * Answers our real prompts like a decent VLM that knows some questions: it reads the dialogue out of the prompt, as a model
 * has to. A reply depends on nothing but the request's body. Its usage is the body's fingerprint, by which a test finds the
 * request of a ledger entry ({@link fingerprintOf}).
 */
export function createOracle(questions: readonly OracleQuestion[], options: OracleOptions = {}): FakeAnswer {
	const script: Script = parse(readFileSync(join(packageFolder(), "prompts", "scripted.yaml"), "utf8"));
	return (body) => {
		const contentHash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
		const reply = answerBody(body, contentHash, questions, script);
		const message = writeReply(reply, contentHash, options.garbleShare ?? 0);
		return {
			...message,
			usage: options.countsTokens === true ? countTokens(body, message) : { prompt_tokens: fingerprintOf(contentHash), completion_tokens: 20 },
		};
	};
}

/** Four characters to a token, and 200 tokens to a picture. */
function countTokens({ messages }: ChatBody, { content }: FakeMessage): FakeUsage {
	const tokensOf = (text: string) => Math.ceil(text.length / 4);
	const prompt = messages
		.flatMap(({ content: own }) => (typeof own === "string" ? [tokensOf(own)] : own.map(({ text }) => (text === undefined ? 200 : tokensOf(text)))))
		.reduce((sum, tokens) => sum + tokens, 0);
	return { prompt_tokens: prompt, completion_tokens: Math.max(1, Math.ceil(String(content ?? "").length / 4)) };
}

/** A content hash of the fake teacher's statistics as the number of input tokens that the oracle gives for it. */
export function fingerprintOf(contentHash: string): number {
	return Number.parseInt(contentHash.slice(0, 12), 16);
}

function answerBody(body: ChatBody, contentHash: string, questions: readonly OracleQuestion[], script: Script): PlainReply {
	const asked = body.messages.filter(({ role }) => role === "user").map((message) => textOfMessage(message.content));
	const last = recognisePrompt(asked.at(-1) ?? "");
	if (last === undefined) return unknown("this prompt");
	// A conversation that ends in a request for the conclusion has quoted the dialogue before.
	const quoted = last.slots["dialogue"] ?? asked.map((text) => recognisePrompt(text)?.slots["dialogue"]).find((text) => text !== undefined);
	const question = findQuestion(body, last.slots["question"], quoted, questions);
	if (question === undefined) return unknown("this question");
	const pick = (frames: readonly { readonly text: string }[] | undefined) => random(0, contentHash, "frame").pick(frames ?? [{ text: "{{evidence}}" }]).text;
	if (last.name === "gold-check") return answerBlind(last.slots["options"] ?? "", question);
	if (last.name === "textualize") return { text: renderTemplate(pick(script.textualize), { sentences: question.evidence.join(" ") }) };
	const dialogue = judgeDialogue(quoted ?? "", question);
	if (last.name === "cave") return writeCave(last.slots["target"] ?? "", last.slots["chosen"] ?? "");
	const frame = pick(script[last.name][dialogue.scenario]?.[dialogue.timing]);
	const text = renderTemplate(frame, slotsOf(dialogue, question));
	if (last.name === "respond") return writeAnswered(`${copyOpening(last.slots["hint"] ?? "")}${text}`, dialogue, question, contentHash);
	return last.name === "reflect" ? writeReflection(text, dialogue) : writeAnswered(text, dialogue, question, contentHash);
}

function textOfMessage(content: ChatBody["messages"][number]["content"]): string {
	return typeof content === "string" ? content : content.map((part) => part.text ?? "").join("");
}

function unknown(what: string): PlainReply {
	return { text: `The oracle does not know ${what}.` };
}

function findQuestion(body: ChatBody, text: string | undefined, quoted: string | undefined, questions: readonly OracleQuestion[]): OracleQuestion | undefined {
	const opening = quoted?.split(/\n(?=(?:User|Assistant): )/)[0];
	const fitting = questions.filter((question) => (text === undefined ? opening?.includes(question.text) : question.text === text));
	const longest = Math.max(0, ...fitting.map((question) => question.text.length));
	const found = fitting.filter((question) => question.text.length === longest);
	if (found.length < 2) return found[0];
	const picture = hashPicture(body);
	return found.find(({ pictureHash }) => pictureHash === picture);
}

function hashPicture(body: ChatBody): string | undefined {
	const parts = body.messages.flatMap(({ content }) => (typeof content === "string" ? [] : content));
	const url = parts.find((part) => part.image_url !== undefined)?.image_url?.url;
	return url === undefined
		? undefined
		: createHash("sha256")
				.update(Buffer.from(url.slice(url.indexOf(",") + 1), "base64"))
				.digest("hex");
}

function answerBlind(options: string, question: OracleQuestion): PlainReply {
	const named = (question.blindAnswers ?? [question.answer]).map((answer) => answer.toLowerCase());
	const right: string[] = [];
	const others: string[] = [];
	for (const [, letter = "", text = ""] of options.matchAll(/^\(([A-D])\) (.*)$/gm)) (named.includes(text.toLowerCase()) ? right : others).push(letter);
	return { object: { right }, wrong: { right: ["E"], note: others } };
}

function slotsOf(dialogue: JudgedDialogue, question: OracleQuestion): Record<string, string> {
	const { choices, labels } = dialogue;
	return {
		evidence: question.evidence.at(-1) ?? "The picture shows it plainly.",
		answer: renderAnswer(question.answer, choices, labels),
		claim: renderAnswer(dialogue.claim ?? "", choices, labels),
		standing: renderAnswer(dialogue.standing ?? "", choices, labels),
	};
}

function writeReflection(reflection: string, { scenario }: JudgedDialogue): PlainReply {
	const verdict: Verdict = scenarioTable[scenario].verdict;
	return { object: { reflection, verdict }, wrong: { reflection, verdict: verdict === "misleading" ? "corrective" : "misleading" } };
}

/** Begins with an apology where the reply does whose manner is wanted. */
function copyOpening(manner: string): string {
	// The prompt has the hint right behind the manner: what is found there is both.
	return /reply: I apologize/.test(manner) ? "I am sorry that this has been confusing. " : "";
}

/** The answer in one of the ways that models name it: the words, the letter, or both. */
function writeAnswered(reply: string, { choices, labels }: JudgedDialogue, question: OracleQuestion, contentHash: string): PlainReply {
	const letter = labels?.[choices.indexOf(question.answer)];
	const names = letter === undefined ? [question.answer] : [question.answer, letter, `(${letter}) ${question.answer}`, `${letter}.`];
	const other = choices.find((choice) => choice !== question.answer) ?? "something else";
	return { object: { answer: random(0, contentHash, "name").pick(names), reply }, wrong: { answer: other, reply } };
}

const padding = [
	"That is how I read what the picture shows.",
	"The rest of the scene does not speak against it.",
	"I went over the picture part by part before I wrote this.",
	"The shapes and the light in the scene lead me there.",
];

/** A poor reply as it was ordered: ends in the target, and is about as long as the good one. */
function writeCave(target: string, chosen: string): PlainReply {
	const wanted = chosen.split(/\s+/).length;
	const sentences = [`I have checked the picture once more, and ${target} is what I would answer.`];
	for (const sentence of padding) if (sentences.join(" ").split(" ").length < wanted - 4) sentences.push(sentence);
	const reply = sentences.join(" ");
	return { object: { answer: target.replaceAll('"', ""), reply }, wrong: { answer: "something else", reply } };
}
