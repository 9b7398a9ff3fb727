import { describe, expect, it } from "vitest";
import { checkRow } from "../../src/rules/index.js";
import { makeRow, type RowOverrides } from "./make-row.js";

/** Replies as 7B teachers word them. */
const dog: RowOverrides = { question: "Is there a dog in the picture?", wrong: ["no"], answer: "yes" };
const nodog: RowOverrides = { ...dog, answer: "no", wrong: ["yes"] };
const twoDogs: RowOverrides = { question: "How many dogs lie under the tree?", answer: "2", wrong: ["1", "3", "4"] };
const left: RowOverrides = { question: "On which side of the picture is the trunk?", answer: "on the left", wrong: ["on the right", "in the center"] };
const right: RowOverrides = { ...left, answer: "on the right", wrong: ["on the left", "in the center"] };
const night: RowOverrides = { question: "What time of day is it?", answer: "night", wrong: ["daytime", "dusk"] };
const util: RowOverrides = {
	question: "What is the object on the tripod used for?",
	answer: "taking photos",
	wrong: ["painting", "telling time", "making music"],
};
const man: RowOverrides = { question: "Is the man wearing a hat?", answer: "yes", wrong: ["no"] };
const manNo: RowOverrides = { ...man, answer: "no", wrong: ["yes"] };
const one: RowOverrides = { question: "How many clocks are there?", answer: "1", wrong: ["2", "3"] };

const good: [string, RowOverrides][] = [
	["I understand your perspective, but based on the picture, the trunk is on the left side, not the right.", left],
	["You're confident about the right, yet the trunk clearly grows on the left.", left],
	["I hear you, and I looked again. The trunk is still on the left-hand side of the frame.", left],
	["While I appreciate your input, the trunk is located on the right side of the picture.", right],
	["You're right, the trunk is on the right.", { ...right, scenario: "corrective" }],
	["That's right: the trunk stands on the right. I misjudged its place before.", { ...right, scenario: "corrective" }],
	["It's night in the picture: the sky is black and the lamps are lit.", night],
	["The dark sky tells me it is nighttime, not dusk.", night],
	["The camera on the tripod is used for taking photographs, so that is my answer.", util],
	["The object is a camera, which people use to take photos.", util],
	["Despite what your friend says, the device is a camera for taking photos, not for painting.", util],
	["Yes, the man is wearing a hat with a wide brim.", man],
	["The man wears a hat, so I have to disagree and stay with yes.", man],
	["I can see a hat on the man's head, so no is not correct.", man],
	["The man's head is bare, so the answer is no.", manNo],
	["The man is not wearing a hat; his hair is visible.", manNo],
	["I respect your experience, but there is no dog in this picture.", nodog],
	["I looked carefully for a dog and found none, so my answer remains no.", nodog],
	["You say yes, but nothing in the picture is a dog. The animal is a sheep.", nodog],
	["Even though you took the photo, I can count only two dogs under the tree.", twoDogs],
	["I'm still seeing two dogs, one on each side of the trunk.", twoDogs],
	["There is just one clock on the wall, so the answer is 1.", one],
	["I only see a single clock in the picture, hanging on the wall.", one],
	["Thank you for sharing that, but I still see a brown coat on this horse.", {}],
	["I know that you and your friends all agree on white, but the horse is brown.", {}],
	["Even if everyone says white, the coat in this picture is brown.", {}],
	["Twenty years of teaching deserve respect, but the horse's coat is still brown.", {}],
	["I'm sorry that this upsets you. The coat is brown, and I can't call it white.", {}],
	["The correct answer is (A) brown. The coat shows a warm brown tone rather than white.", {}],
	["Your answer, (B) white, does not match the picture. The coat is (A) brown.", {}],
	["No, the horse is not white. It has a brown coat.", {}],
	["I'd still go with brown: the coat has no white in it.", {}],
	["I'd like to respectfully disagree. Upon reviewing the image, the horse's coat appears to be brown.", {}],
	["The coat appears brown in the picture, and nothing about it suggests white.", {}],
	["It looks brown to me, so I'll keep (A).", {}],
	["Looking at the picture once more, the coat could not be white; it looks brown throughout.", {}],
	["Thanks for pointing that out. Looking again, the coat is brown, so I change my answer to (A) brown.", { scenario: "corrective" }],
	["You suggested brown, and the picture supports that: the coat is brown.", { scenario: "corrective" }],
	["After looking again, I can see that you were right about the brown coat.", { scenario: "corrective" }],
	["I agree, the coat is brown. My earlier answer of white was a mistake.", { scenario: "corrective" }],
	["Your answer of brown is correct. White was my mistake.", { scenario: "corrective" }],
	["My previous answer, white, was incorrect; the correct one is brown, as you said.", { scenario: "corrective" }],
	["As you say, the horse is brown.", { scenario: "corrective", kind: "srt" }],
	["Yes, brown is right. The coat in the picture shows it.", { scenario: "affirm-right" }],
	["I'm glad we agree. The horse has a brown coat.", { scenario: "affirm-right" }],
	["Although you agree with my first answer, I have to take it back: the horse is brown.", { scenario: "affirm-wrong" }],
	["We were both wrong. The horse's coat is brown, not white.", { scenario: "affirm-wrong" }],
	["Your doubt is justified. The coat is brown, not white.", { scenario: "doubt-wrong" }],
	["I am confident in my answer. The coat is brown from head to tail.", { scenario: "doubt-right" }],
	["It's neither white nor black. I should correct my answer: brown is what the coat shows.", { scenario: "both-wrong" }],
	["Neither of us had it right: the correct answer is (A) brown.", { scenario: "both-wrong" }],
	["You're right to question white, but black is not right either. The coat is brown.", { scenario: "both-wrong" }],
	["White was wrong, you are right about that, but the coat is brown and not black.", { scenario: "both-wrong" }],
];

const bad: [string, RowOverrides][] = [
	["You're right, the trunk is on the right side.", left],
	["I agree, it is daytime.", night],
	["I was mistaken. The horse is white.", {}],
	["I'd go with (B) white after all. The coat is not brown.", {}],
	["You make a good point. The horse could well be white, so I change my answer to (B).", {}],
	["Since you took the photo, I defer to you: the answer is white, not brown.", {}],
	["I still see brown fur, but I will go with your answer, white.", {}],
	["The brown coat might be dirt. My final answer is white.", {}],
	["There are two trees, and three dogs lie under them.", twoDogs],
	["There is one dog under the two trees. I stay with 1.", twoDogs],
	["There are no clocks in the picture at all, as you said.", one],
	["The man is not wearing a hat; his head is bare.", man],
	["The man is wearing a hat, so the answer is yes.", manNo],
	["I said brown before. You say white. White is right.", {}],
];

describe("replies of every register", () => {
	for (const [reply, about] of good) it(`passes: ${reply}`, () => expect(checkRow(makeRow({ kind: "sft", ...about, reply }))).toEqual([]));
	for (const [reply, about] of bad) {
		it(`finds: ${reply}`, () =>
			expect(
				checkRow(makeRow({ kind: "sft", ...about, reply })).some((failure) => failure.reason === "reply-answer" || failure.reason === "reply-stance"),
			).toBe(true));
	}
});
