import { expect, test } from "vitest";
import { replyProblem, type TeacherReply } from "../../src/teacher/index.js";

function problemOf(text: string, finishReason: TeacherReply["finishReason"] = "stop"): string | undefined {
	return replyProblem({ type: "reply", text, finishReason })?.reason;
}

test("what the server says of its reply counts", () => {
	expect(problemOf("The sofa is r", "length")).toBe("reply-cut-off");
	expect(problemOf("", "length")).toBe("reply-cut-off");
	expect(problemOf("", "content-filter")).toBe("reply-filtered");
	expect(problemOf("No.", "refusal")).toBe("reply-refused");
	expect(problemOf(" \n", "stop")).toBe("reply-empty");
	expect(problemOf("<think>hm", "stop")).toBe("reply-empty");
	expect(problemOf("red", "stop")).toBeUndefined();
	expect(problemOf("red", "other")).toBeUndefined();
});

test.each([
	"I'm sorry, but I can't assist with that.",
	"I’m sorry, but I can’t help with that request.",
	"I'm sorry, I can't.",
	"Sorry, I cannot comply.",
	"I cannot assist with this.",
	"I can't help with identifying people.",
	"I am unable to view images.",
	"I'm unable to see the image you sent.",
	"I'm not able to analyze images.",
	"I can't see any image.",
	"Unfortunately, I cannot view the picture.",
	"I apologize, but I cannot provide that information.",
	"I'm sorry, but I can't identify the person in this photo.",
	"As an AI language model, I am unable to view images.",
	"As an AI, I don't have the ability to see pictures.",
])("%j is a refusal", (text) => {
	expect(problemOf(text)).toBe("reply-refused");
});

test.each([
	"I can't see a dog in the picture; it is a cat.",
	"I'm sorry, but I can't see a dog here: the animal is a cat.",
	"I cannot see any red car.",
	"I'm sorry, but the sofa is red.",
	"I'm sorry for the confusion, you are right: it is blue.",
	"I can't agree: the sofa is red.",
	"I'm sorry, but I can't agree with that.",
	"I cannot identify any dog in the picture, so the answer is no.",
	"I can't answer yes, as there is no dog.",
	"You can't see the dog from here.",
	"The person cannot help the dog.",
	"I apologize, I made a mistake. It is blue.",
	'{"verdict":"misleading"}',
])("%j is none", (text) => {
	expect(problemOf(text)).toBeUndefined();
});
