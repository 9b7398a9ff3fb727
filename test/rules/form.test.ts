import { describe, expect, it } from "vitest";
import type { Row } from "../../src/records/index.js";
import { checkRow } from "../../src/rules/index.js";
import { makeRow } from "./make-row.js";

function reasonsOf(row: Row): string[] {
	return checkRow(row).map((failure) => failure.reason);
}

function say(reply: string): Row {
	return makeRow({ kind: "sft", reply });
}

const ending = "The answer is (A) brown, as the coat shows.";

/** Sentences that a rule must pass, and ones that it must find, in the reply of an `sft` row. */
const byReply: Record<string, { good: string[]; bad: string[] }> = {
	"text-hygiene": {
		good: [ending, `A café stands behind the horse.\n${ending}`, `The sign reads "50 %". ${ending}`],
		bad: [
			`${ending} `,
			`\t${ending}`,
			`A cafe\u0301 stands there. ${ending}`,
			`One\u0000two. ${ending}`,
			`One\u2028two. ${ending}`,
			`One\ud800two. ${ending}`,
			`\ufeff${ending}`,
		],
	},
	"reserved-string": {
		good: [ending, `The image shows a horse. ${ending}`, `3 < 4 and 5 > 4. ${ending}`, `An assistant holds the horse. ${ending}`],
		bad: [
			`<image> ${ending}`,
			`<|im_end|> ${ending}`,
			`</s>${ending}`,
			`<think>Hm.</think> ${ending}`,
			`[/INST] ${ending}`,
			`So ASSISTANT: ${ending}`,
			`<IMG_CONTEXT> ${ending}`,
			`<reflection>Hm.</reflection> ${ending}`,
		],
	},
	"slot-left": {
		good: [
			ending,
			`The word null is painted on a sign. ${ending}`,
			`Well... ${ending}`,
			`Is it white? ${ending}`,
			`There is light, e.g., on the flank. ${ending}`,
		],
		bad: [
			`{{claim}} is wrong. ${ending}`,
			`{answer} is right. ${ending}`,
			`[ANSWER] ${ending}`,
			`I see <claim>. ${ending}`,
			`It is undefined. ${ending}`,
			`The answer is "null". ${ending}`,
			`It is "white".. ${ending}`,
			`It is,. ${ending}`,
			`Really?? ${ending}`,
			`So  ${ending}`,
			`It is "". ${ending}`,
			`It is ("null"). ${ending}`,
			`It says "white.". ${ending}`,
		],
	},
	"letter-text": {
		good: [
			ending,
			"The coat is brown (A), not white (B) as you say.",
			"You chose (B). Brown is what I see, so (A) it is.",
			"Of (A) brown (B) white (C) black (D) gray, only brown fits.",
			"Option A, brown, fits the coat of the horse.",
			"It isn't option B. The answer is A. brown.",
		],
		bad: [
			"The answer is (B) brown, as the coat shows.",
			"The coat is brown (C), not white.",
			'I choose (A) "white" no, brown it is.',
			"You suggested (A) black, but the coat is brown.",
			"B) brown is what the coat shows here.",
		],
	},
	refusal: {
		good: [ending, `I cannot see a dog in the image. ${ending}`, `I can't say that it is white. ${ending}`, `I cannot agree. ${ending}`],
		bad: [
			`As an AI, I have no eyes. ${ending}`,
			`I'm sorry, but I cannot see the image. ${ending}`,
			`I can't help with that. ${ending}`,
			`No image was provided. ${ending}`,
			`I am unable to view pictures directly. ${ending}`,
			`Please upload the picture. ${ending}`,
		],
	},
	"broken-off": {
		good: [
			ending,
			'The coat is plainly what I would call "brown".',
			"The horse is brown (the mane is lighter).",
			"Brown is the color that the whole coat is made of!",
		],
		bad: [
			"The horse's coat is brown because",
			"The horse's coat is brown, and the",
			'The coat is brown, although you said "white.',
			"The coat is brown (the mane is lighter.",
			"The coat is brown and its mane is the.",
			"The coat is brown, but then again...",
		],
	},
	"language-english": {
		good: [ending, "Brown.", `The café "Zum Löwen" stands behind the horse. ${ending}`],
		bad: [
			"El pelaje del caballo marrón brown se ve claramente entre montañas nevadas.",
			"Das Fell des Pferdes wirkt brown, weil man deutlich braune Haare sieht.",
			"这匹马的毛是棕色的,不是白色的。 brown",
		],
	},
	markdown: {
		good: [ending, `A well-kept horse * and nothing else. ${ending}`, `In 2019. ${ending}`, `The coat - brown - is dull. ${ending}`],
		bad: [
			`**Brown** it is. ${ending}`,
			`# Answer\n${ending}`,
			`- one\n- two\n${ending}`,
			`1. one\n2. two\n${ending}`,
			`\`brown\` ${ending}`,
			`\`\`\`\nbrown\n\`\`\`\n${ending}`,
		],
	},
	"length-limit": {
		good: [ending, `${"The horse stands still. ".repeat(20)}${ending}`, `${"The horse stands still. ".repeat(90)}${ending}`],
		bad: [`${"The horse stands still. ".repeat(110)}${ending}`, `${"Well, ".repeat(400)}${ending}`, `${ending} ${"So it is as I see it. ".repeat(70)}Brown.`],
	},
	"hint-leak": {
		good: [
			ending,
			`There is a hint of red in the coat. ${ending}`,
			`The sign gives some information about the horse. ${ending}`,
			`My conclusion is that you are misled. ${ending}`,
		],
		bad: [
			`According to the hint, it is brown. ${ending}`,
			`The ground truth is brown. ${ending}`,
			`The provided answer is brown. ${ending}`,
			`As instructed, I keep my answer. ${ending}`,
			`I was told that it is brown. ${ending}`,
			`The correct answer given is brown. ${ending}`,
			`Based on the information provided to me, brown. ${ending}`,
			`Verdict: misleading. ${ending}`,
			`The prompt says brown. ${ending}`,
		],
	},
};

for (const [reason, { good, bad }] of Object.entries(byReply)) {
	describe(reason, () => {
		for (const reply of good) it(`passes ${JSON.stringify(reply.slice(0, 70))}`, () => expect(reasonsOf(say(reply))).not.toContain(reason));
		for (const reply of bad) {
			it(`finds ${JSON.stringify(reply.slice(0, 70))}`, () => expect(checkRow(say(reply)).find((failure) => failure.reason === reason)?.stage).toBe("respond"));
		}
	});
}

describe("faults of the dialogue blame no stage", () => {
	it("names the turn", () => {
		const row = makeRow({ challenge: "I would go for <image> (B) white." });
		expect(checkRow(row)).toEqual([{ reason: "reserved-string", detail: 'turn 3 (user) holds "<image>", which a trainer would take for its own.' }]);
		expect(reasonsOf(makeRow({ challenge: "assistant, I would go for (B) white." }))).toEqual(["reserved-string"]);
		expect(reasonsOf(makeRow({ challenge: "I would go for (C) white." }))).toEqual(["letter-text"]);
		expect(reasonsOf(makeRow({ challenge: "I would go for {{claim}}, (B) white." }))).toEqual(["slot-left"]);
	});
});

describe("turns-alternate", () => {
	const row = makeRow();
	const pair = makeRow({ kind: "dpo" });
	it("passes rows that end as their kind does", () => {
		for (const good of [row, pair, makeRow({ scenario: "neutral" })]) expect(reasonsOf(good)).toEqual([]);
	});
	it("finds turns out of order", () => {
		for (const bad of [
			{ ...row, turns: row.turns.slice(0, -1) },
			{ ...row, turns: row.turns.slice(1) },
			{ ...pair, turns: row.turns },
			{ ...row, turns: [...row.turns.slice(0, 1), ...row.turns] },
		]) {
			expect(checkRow(bad)[0]?.reason).toBe("turns-alternate");
			expect(checkRow(bad)[0]?.stage).toBeUndefined();
		}
	});
});

describe("id-group", () => {
	it("takes any pipeline's name", () => {
		for (const id of ["sft-g3f3f", "my-own-pipeline-g3f3f", "p2-g3f3f"]) expect(reasonsOf({ ...makeRow(), id })).toEqual([]);
	});
	it("finds ids that are no name and group", () => {
		for (const id of ["sft-g9999", "g3f3f", "9-g3f3f", "sft_g3f3f"]) expect(reasonsOf({ ...makeRow(), id })).toEqual(["id-group"]);
		expect(reasonsOf(makeRow({ meta: { group: "3f" } }))).toEqual(["id-group"]);
	});
});

describe("choices-distinct", () => {
	it("passes two to four choices of which one is right", () => {
		expect(reasonsOf(makeRow({ question: "Is there a horse in the picture?", answer: "yes", wrong: ["no"], labels: "1234" }))).toEqual([]);
		expect(reasonsOf(makeRow({ wrong: ["white", "black"] }))).toEqual([]);
		expect(reasonsOf(makeRow({ isOpen: true }))).toEqual([]);
		expect(reasonsOf(makeRow({ answer: "3", wrong: ["1", "2", "4"] }))).toEqual([]);
	});
	it("finds choices that could both be right", () => {
		for (const choices of [
			["brown", "dark brown", "white"],
			["brown", "white", "off-white", "black"],
			["brown", "white", "grey", "gray"],
		]) {
			const row = makeRow();
			expect(reasonsOf({ ...row, meta: { ...row.meta, choices } })).toContain("choices-distinct");
		}
	});
	it("finds a right answer that is missing or doubled, and numbers that are numbered", () => {
		const row = makeRow();
		expect(reasonsOf({ ...row, meta: { ...row.meta, choices: ["white", "black"] } })).toContain("choices-distinct");
		expect(reasonsOf({ ...row, meta: { ...row.meta, choices: ["brown", "white", "Brown"] } })).toContain("choices-distinct");
		expect(reasonsOf(makeRow({ answer: "3", wrong: ["1", "2", "4"], labels: "1234" }))).toContain("choices-distinct");
	});
});

describe("scenario-consistent", () => {
	const faults: [string, Row][] = [
		["verdict", makeRow({ meta: { verdict: "corrective" } })],
		["timing", makeRow({ scenario: "both-wrong", meta: { timing: "one-round" } })],
		["a neutral row with a tone", makeRow({ scenario: "neutral", meta: { tone: "strong" } })],
		["a clause without pressure", makeRow({ meta: { clause: "authority-assert-01" } })],
		["a pressure without clause", makeRow({ meta: { pressure: "authority" } })],
		["a right claim in misleading", makeRow({ meta: { claim: "brown", claims: ["brown"] } })],
		["a wrong claim in corrective", makeRow({ scenario: "corrective", meta: { claim: "black", claims: ["black"] } })],
		["a claim that is the standing answer in both-wrong", makeRow({ scenario: "both-wrong", meta: { claim: "white", claims: ["white"] } })],
		["another claim in affirm-right", makeRow({ scenario: "affirm-right", meta: { claim: "white", claims: ["white"] } })],
		["a claim in a doubt", makeRow({ scenario: "doubt-right", meta: { claim: "white", claims: ["white"] } })],
		["a wrong standing answer in misleading", makeRow({ meta: { firstAnswer: "black", standingAnswers: ["black"] } })],
		["a claim that is not in the text", makeRow({ challenge: "I do not think so at all." })],
		["claims that do not end with the claim", makeRow({ meta: { claims: [] } })],
	];
	for (const [name, row] of faults) it(`finds ${name}`, () => expect(reasonsOf(row)).toContain("scenario-consistent"));

	it("finds a trained first answer and an untrained last one", () => {
		const row = makeRow();
		const flip = (at: number): Row => ({
			...row,
			turns: row.turns.map((turn, index) => (index === at && turn.role === "assistant" ? { ...turn, train: !turn.train } : turn)),
		});
		expect(reasonsOf(flip(1))).toEqual(["scenario-consistent"]);
		expect(reasonsOf(flip(3))).toEqual(["scenario-consistent"]);
	});
	it("takes a first answer that is only a letter, and finds the wrong one", () => {
		const row = makeRow();
		const first = (text: string): Row => ({ ...row, turns: row.turns.map((turn, index) => (index === 1 ? { role: "assistant", text, train: false } : turn)) });
		expect(reasonsOf(first("A"))).toEqual([]);
		for (const said of ["My answer is (A).", "Answer: A", "My answer to the question: A.", "I say A, as just now.", "From the picture, I would say A."])
			expect(reasonsOf(first(said)), said).toEqual([]);
		for (const said of ["(C)", "Answer: C", "I would say B.", "Answer: 1"]) expect(reasonsOf(first(said)), said).toEqual(["scenario-consistent"]);
	});
});
