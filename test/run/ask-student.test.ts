import { join } from "node:path";
import { expect, test } from "vitest";
import { loadPrompt } from "../../src/pipeline/load-prompt.js";
import { packageFolder } from "../../src/pipeline/package-folder.js";
import type { Candidate } from "../../src/records/index.js";
import { askStudent } from "../../src/run/ask-student.js";
import type { TeacherRequest } from "../../src/teacher/index.js";
import { makeCandidate, makeImageRef } from "../support/make-request.js";

const settings = {
	baseUrl: "http://localhost:1/v1",
	model: "small-vlm",
	apiKeyEnv: "KEY",
	concurrency: 1,
	timeoutMs: 1000,
	temperature: 0,
	maxOutputTokens: 64,
};
const prompt = loadPrompt(join(packageFolder(), "prompts"), "first-answer");

async function hear(candidate: Candidate, text: string, finishReason: "stop" | "length" = "stop") {
	const requests: TeacherRequest[] = [];
	const student = {
		async ask(request: TeacherRequest) {
			requests.push(request);
			return { type: "reply", text, finishReason } as const;
		},
		close: async () => {},
	};
	const heard = await askStudent(candidate, makeImageRef(), { student, settings, prompt, seed: 1, signal: new AbortController().signal });
	return { heard, requests };
}

const plain = makeCandidate();
const lettered: Candidate = { ...plain, options: ["green", "blue", "red", "white"], labels: "ABCD" };
const numbered: Candidate = { ...lettered, labels: "1234" };
const place: Candidate = {
	...plain,
	question: { ...plain.question, text: "Where is the cat?", answer: "on the couch", alsoRight: ["on the sofa beside the window"] },
};
const presence: Candidate = { ...plain, question: { ...plain.question, text: "Is there a cat?", answer: "yes" }, options: ["no", "yes"] };
const own: Candidate = { ...plain, question: { ...plain.question, choices: ["red", "blue"] } };

test.each<[name: string, candidate: Candidate, reply: string, answer: string | undefined, truth: string]>([
	["a letter", lettered, "C", "red", "right"],
	["a letter in brackets", lettered, "(B)", "blue", "wrong"],
	["a letter with a stop", lettered, "D.", "white", "wrong"],
	["letter and words", lettered, "(B) blue", "blue", "wrong"],
	["words", lettered, "Blue.", "blue", "wrong"],
	["a sentence with one letter", lettered, "The answer is (C).", "red", "right"],
	["a number for a letter", numbered, "3", "red", "right"],
	["after thinking", lettered, "<think>Is it A or B?</think>\nC", "red", "right"],
	["both options", lettered, "A or B", undefined, "unparsable"],
	["a letter with another's words", lettered, "(A) blue", undefined, "unparsable"],
	["no option", lettered, "purple", undefined, "unparsable"],
	["not telling", lettered, "I cannot tell from this image.", undefined, "unparsable"],
	["a refusal", lettered, "I'm sorry, but I can't help with that.", undefined, "unparsable"],
	["nothing", lettered, "", undefined, "unparsable"],
	["words, open-ended", plain, "red", "red", "right"],
	["a capital", plain, "Blue.", "blue", "wrong"],
	["an article", plain, "A dark blue", "dark blue", "wrong"],
	["an article before a capital", plain, "The Blue", "blue", "wrong"],
	["an abbreviation", plain, "BMW", "BMW", "wrong"],
	["a long wrong answer", plain, "blue with a white stripe", undefined, "unparsable"],
	["a long right answer", place, "On the sofa beside the window.", "On the sofa beside the window", "right"],
	["a bare letter, though no choices were shown", plain, "B", undefined, "unparsable"],
	["a sentence, open-ended", plain, "I think that the color of the thing in the picture is red.", undefined, "unparsable"],
	["not knowing, in few words", plain, "I don't know.", undefined, "unparsable"],
	["unclear", plain, "Unclear", undefined, "unparsable"],
	["two answers", plain, "red or blue", undefined, "unparsable"],
	["two lines", plain, "red\nblue", undefined, "unparsable"],
	["yes in a few words", presence, "Yes, there is.", "yes", "right"],
	["no", presence, "No", "no", "wrong"],
	["neither yes nor no", presence, "maybe", undefined, "unparsable"],
	["another answer than the question's own choices", own, "green", undefined, "unparsable"],
	["one of the question's own choices", own, "Blue", "blue", "wrong"],
])("%s", async (_, candidate, reply, answer, truth) => {
	const { heard } = await hear(candidate, reply);
	expect(heard).toEqual({ ...(answer === undefined ? {} : { answer }), truth, reply });
});

test("what is cut off is no answer; the question is asked bare, with its picture, at the student's own temperature", async () => {
	const { heard, requests } = await hear(lettered, "C", "length");
	expect(heard.truth).toBe("unparsable");
	expect(requests[0]).toMatchObject({ model: "small-vlm", sampling: { temperature: 0, maxOutputTokens: 64 }, attempt: 1 });
	expect(requests[0]?.messages.at(-1)?.content).toEqual([
		{ type: "image", image: makeImageRef() },
		{ type: "text", text: plain.turns[0]?.text },
	]);
});
