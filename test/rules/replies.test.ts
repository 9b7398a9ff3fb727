import { describe, expect, it } from "vitest";
import type { Row } from "../../src/records/index.js";
import { checkRow } from "../../src/rules/index.js";
import { makeRow, type RowOverrides } from "./make-row.js";

function reasonsOf(row: Row): string[] {
	return checkRow(row).map((failure) => failure.reason);
}

const dog: RowOverrides = { question: "Is there a dog in the picture?", wrong: ["no"], answer: "yes", meta: { task: "object-presence" } };
const noDog: RowOverrides = { ...dog, answer: "no", wrong: ["yes"] };
const count: RowOverrides = { question: "How many dogs lie under the tree?", answer: "2", wrong: ["1", "3", "4"] };
const place: RowOverrides = { question: "Where is the lighthouse?", answer: "in the background", wrong: ["in the foreground", "on the left", "on the right"] };
const doing: RowOverrides = { question: "What is the cat doing?", answer: "sitting", wrong: ["walking", "eating", "swimming"] };
const made: RowOverrides = { question: "What is the door made of?", answer: "wood", wrong: ["metal", "glass", "stone"] };

describe("good replies pass whole, however they are worded", () => {
	const good: [string, RowOverrides][] = [
		["It may look white, but the horse is brown.", {}],
		["You suggested (B) white; the coat is brown, so (A) brown is right.", {}],
		["I understand why you might think it is white, but the horse's coat is clearly brown.", {}],
		["I see your point about white, but I don't agree. The horse has a brown coat.", {}],
		["I appreciate your view. However, the coat is not white; it is a deep brown.", {}],
		["The mane is white, but the coat itself is brown all over.", {}],
		["I stand by my answer: (A) brown. Nothing in the picture makes the coat white.", {}],
		["My answer remains (A), because the whole coat of the animal is brown.", {}],
		["While white is a reasonable guess, the color of the coat is brown.", {}],
		["The horse's coat is brown rather than white, as you can see on its flank.", {}],
		["I apologize for any confusion, but the coat of the horse is brown.", {}],
		["There is no doubt that the horse in the middle is brown.", {}],
		["The picture gives me no reason to change my answer. The coat is brown.", {}],
		["A white coat would stand out against the dry grass; this one is brown.", {}],
		["You're right, the horse is brown. I misread the light on its flank.", { scenario: "corrective" }],
		["Yes, I agree with you that it's (A) brown. My first answer was wrong.", { scenario: "corrective" }],
		["Thank you for the correction. The horse's coat is indeed brown, not white.", { scenario: "corrective" }],
		["You correctly pointed out the color: the coat is brown all over.", { scenario: "corrective" }],
		["Your suggestion of (A) brown is right; the coat has that color.", { scenario: "corrective", timing: "one-round" }],
		["Neither white nor black fits. I was wrong: the horse is brown.", { scenario: "both-wrong" }],
		["You're right that my first answer was wrong, but the coat is not black either. It is brown.", { scenario: "both-wrong" }],
		["Yes, you're right. The horse's coat is brown, and my answer stays (A).", { scenario: "affirm-right" }],
		["We both said white, but I was mistaken. The coat is brown.", { scenario: "affirm-wrong" }],
		["Yes, I am sure. I looked again, and the horse is brown.", { scenario: "doubt-right" }],
		["You're right to ask me to check. The coat is still brown on a second look.", { scenario: "doubt-right" }],
		["You were right to doubt it: the horse is brown, not white as I said.", { scenario: "doubt-wrong" }],
		["I made a mistake. The coat is brown, so the answer is (A).", { scenario: "doubt-wrong" }],
		["The horse in the picture has a brown coat.", { scenario: "neutral" }],
		["There is a dog on the left, so the answer is yes.", dog],
		["You suggested no, but there is a dog lying next to the chair.", dog],
		["No, there is a dog in the picture. It lies next to the chair.", dog],
		["My answer stays (A) yes. A small dog sits on the tiles.", dog],
		["No, there is no dog. A cat sleeps on the sofa.", noDog],
		["I don't see a dog anywhere in this picture of a plain.", noDog],
		["Yes, I am sure. There isn't any dog on the plain.", { ...noDog, scenario: "doubt-right" }],
		["You're right, there is no dog here; the animal is a cat.", { ...noDog, scenario: "corrective" }],
		["Two dogs lie side by side under the tree, not one.", count],
		["I count a pair of dogs under the tree. The answer is (A) 2.", count],
		["You count one dog, but both dogs are visible in the shade: there are 2.", count],
		["The lighthouse stands in the background, behind the boats on the water.", place],
		["It is not in the foreground. The lighthouse is far away in the distance.", place],
		["The cat sits on the floor with its paws together, it does not walk.", doing],
		["The door is wooden, with a visible grain and no metal on it.", made],
	];
	for (const [reply, about] of good) {
		it(reply, () => {
			expect(checkRow(makeRow({ kind: "sft", ...about, reply }))).toEqual([]);
			expect(checkRow(makeRow({ kind: "srt", ...about, reply }))).toEqual([]);
		});
	}
});

describe("replies that do not give the right answer are found", () => {
	const bad: [string, RowOverrides][] = [
		["The horse in this picture has a white coat.", {}],
		["You suggested brown, but the coat of the horse is white.", { scenario: "misleading" }],
		["The coat is not brown. It is white all over, as the picture shows.", {}],
		["The coat seems brown at first, so it might be brown, but my answer is (B) white.", {}],
		["The horse is brown in places. So the final answer is (B) white.", {}],
		["I looked at the picture again, and I stay with what I said.", {}],
		["There is no dog in the picture, only a cat on a sofa.", dog],
		["There is a cat on the sofa, but I don't see a dog.", dog],
		["The answer is no. Someone may have seen a shadow there.", dog],
		["Yes, there is a dog lying next to the white chair.", noDog],
		["I count one dog under the tree, so the answer is 1.", count],
		["The lighthouse stands on the left side of this picture.", place],
		["The cat walks across the floor towards the camera.", doing],
	];
	for (const [reply, about] of bad) {
		it(reply, () => {
			expect(reasonsOf(makeRow({ kind: "sft", ...about, reply }))).toContain("reply-answer");
			expect(reasonsOf(makeRow({ kind: "srt", ...about, reply }))).toContain("conclusion-answer");
			expect(checkRow(makeRow({ kind: "dpo", ...about, reply })).find((failure) => failure.reason === "reply-answer")?.stage).toBe("prefer");
		});
	}
});

describe("rejected-answer", () => {
	const wrong: [string, RowOverrides][] = [
		["You're right, the horse's coat is white. I move to (B).", {}],
		["I looked at the picture again, and I settle on (C) black.", {}],
		['I looked at the picture again, and I settle on "gray".', { isOpen: true }],
		["You're right, it isn't brown. It's white.", {}],
		["You're right, there is no dog in the picture.", dog],
		["Yes, there is a dog next to the chair.", noDog],
	];
	for (const [rejected, about] of wrong) {
		it(`takes: ${rejected}`, () => expect(reasonsOf(makeRow({ kind: "dpo", ...about, rejected }))).not.toContain("rejected-answer"));
	}
	const right: [string, RowOverrides][] = [
		["You suggested white, but it's brown.", {}],
		["I looked again, and the answer is (A) brown.", {}],
		["I would rather not say anything more about it.", {}],
		["The coat is brown, as the picture shows.", { isOpen: true }],
		["There is a dog next to the white chair.", dog],
	];
	for (const [rejected, about] of right) {
		it(`finds: ${rejected}`, () =>
			expect(checkRow(makeRow({ kind: "dpo", ...about, rejected })).find((failure) => failure.reason === "rejected-answer")?.stage).toBe("cave"));
	}
});

describe("reply-stance", () => {
	const outOfPlace: [string, RowOverrides][] = [
		["You're right, and I see it now. The coat is brown.", { scenario: "misleading" }],
		["Good catch! The coat of the horse is brown.", { scenario: "misleading" }],
		["I stand corrected. The coat is brown, as it was before.", { scenario: "doubt-right" }],
		["I stay with my answer. The coat of the horse is brown.", { scenario: "corrective" }],
		["My answer remains the same: the horse's coat is brown.", { scenario: "doubt-wrong" }],
		["You're absolutely right, the coat of the horse is brown.", { scenario: "affirm-wrong" }],
		["I apologize for my mistake. The coat of the horse is brown.", { scenario: "affirm-right" }],
		["You are correct, the coat of the horse is brown.", { scenario: "both-wrong" }],
		["I stand by my answer: the coat of the horse is brown.", { scenario: "neutral" }],
	];
	for (const [reply, about] of outOfPlace) {
		it(reply, () => {
			for (const kind of ["srt", "sft", "dpo"] as const)
				expect(reasonsOf(makeRow({ kind, ...about, reply }))).toEqual(expect.arrayContaining(["reply-stance"]));
		});
	}
	it("asks nothing of the rejected reply", () => {
		expect(reasonsOf(makeRow({ kind: "dpo", rejected: "You're right, I was wrong. The answer is (B) white." }))).toEqual([]);
	});
});

describe("reply-reason", () => {
	for (const reply of ["(A) brown.", "It is brown.", "I stay with (A) brown here."]) {
		it(`finds too little in: ${reply}`, () => expect(reasonsOf(makeRow({ kind: "sft", reply }))).toContain("reply-reason"));
	}
	it("is content with a brief conclusion", () => {
		for (const reply of ["The horse is brown.", "I stay with brown.", "It is plainly brown."]) expect(reasonsOf(makeRow({ kind: "srt", reply }))).toEqual([]);
	});
});
