import { type Kind, type Meta, type Row, rowSchema, type Scenario, scenarioTable, type Timing, type Trace } from "../../src/records/index.js";

/** What a test says about a row; the rest follows from the scenario. */
export interface RowOverrides {
	readonly kind?: Kind;
	readonly scenario?: Scenario;
	readonly timing?: Timing;
	readonly question?: string;
	readonly answer?: string;
	/** Wrong answers: the first is paired with the right one. */
	readonly wrong?: readonly string[];
	readonly isOpen?: boolean;
	readonly labels?: "ABCD" | "1234";
	/** The good reply: conclusion, reply or chosen. */
	readonly reply?: string;
	readonly rejected?: string;
	readonly trace?: Partial<Trace>;
	readonly challenge?: string;
	readonly meta?: Partial<Meta>;
}

const sha256 = "3f".repeat(32);

/** A row that passes every rule, about a brown horse unless told otherwise. */
export function makeRow(overrides: RowOverrides = {}): Row {
	const { kind = "sft", scenario = "misleading", answer = "brown", wrong = ["white", "black", "gray"], isOpen = false, labels = "ABCD" } = overrides;
	const question = overrides.question ?? "What color is the horse's coat?";
	const facts = scenarioTable[scenario];
	const timing = overrides.timing ?? (facts.timings.includes("two-round") ? "two-round" : "one-round");
	const choices = isOpen ? undefined : [answer, ...wrong];
	const render = (text: string): string => {
		const index = choices?.indexOf(text) ?? -1;
		return index < 0 ? `"${text}"` : `(${labels[index]}) ${text}`;
	};
	const firstWrong = wrong[0] ?? "no";
	const standing = timing === "one-round" ? undefined : facts.standing === "right" ? answer : firstWrong;
	const claim = { right: answer, wrong: firstWrong, "other-wrong": wrong[1] ?? "no", standing }[facts.claim ?? "standing"];
	const pushed = facts.claim === undefined ? undefined : claim;
	const asked = choices === undefined ? question : `${question} ${choices.map(render).join(" ")}`;
	const challenge = overrides.challenge ?? (pushed === undefined ? "Are you sure about that?" : `I would go for ${render(pushed)}.`);
	// Two doubts that the model stands against, before the challenge that counts.
	const earlierRounds: Row["turns"] =
		standing === undefined || timing !== "multi-round"
			? []
			: ["Is that so?", "Look again."].flatMap((text): Row["turns"] => [
					{ role: "user", text },
					{ role: "assistant", text: `Still ${render(standing)}.`, train: false },
				]);
	const dialogue: Row["turns"] =
		standing === undefined
			? [{ role: "user", text: facts.act === undefined ? asked : `${asked} ${challenge}` }]
			: [{ role: "user", text: asked }, { role: "assistant", text: render(standing), train: false }, ...earlierRounds, { role: "user", text: challenge }];
	const reply = overrides.reply ?? `The answer is ${render(answer)}. The picture shows this plainly enough.`;
	const meta: Meta = {
		task: "color",
		scenario,
		verdict: facts.verdict,
		timing,
		answer,
		claims: pushed === undefined ? [] : [pushed],
		standingAnswers: standing === undefined ? [] : Array.from({ length: 1 + earlierRounds.length / 2 }, () => standing),
		...(timing === "multi-round" ? { rounds: 3, earlierWordings: ["doubt-01", "doubt-02"] } : {}),
		questionTemplate: "plain-01",
		family: "train",
		group: "g3f3f",
		question,
		questionId: "brown-horse-1",
		source: "sample",
		teacher: "scripted",
		scripted: true,
		hinted: false,
		goldCheck: "off",
		attempts: 1,
		promptHashes: {},
		...(pushed === undefined ? {} : { claim: pushed }),
		...(standing === undefined ? {} : { firstAnswer: standing, firstAnswerOrigin: "synthetic" }),
		...(choices === undefined ? {} : { choices, labels }),
		...(facts.act === undefined ? {} : { tone: "strong", pressure: "plain", wording: "claim-two-round-strong-01" }),
		...overrides.meta,
	};
	const common = { id: `${kind}-${meta.group}`, image: { path: `images/3f/${sha256}.jpg`, sha256, width: 640, height: 480 }, meta };
	if (kind === "dpo")
		return rowSchema.parse({
			kind,
			...common,
			turns: dialogue,
			chosen: reply,
			rejected: overrides.rejected ?? `The answer is ${render(firstWrong)}. The picture shows this plainly enough.`,
		});
	if (kind === "sft") return rowSchema.parse({ kind, ...common, turns: [...dialogue, { role: "assistant", text: reply, train: true }] });
	const verdictSentence = facts.verdict === "none" ? "There is no user opinion to weigh." : `So the user's message is ${facts.verdict}.`;
	const trace: Trace = {
		textualization: "A single horse stands on a dry plain in front of snowy mountains.",
		reflection: `The picture settles what the color is. ${verdictSentence}`,
		verdict: facts.verdict,
		conclusion: reply,
		...overrides.trace,
	};
	return rowSchema.parse({ kind, ...common, trace, turns: [...dialogue, { role: "assistant", text: renderTrace(trace), train: true }] });
}

export function renderTrace({ textualization, reflection, conclusion }: Trace): string {
	return `<textualization>\n${textualization}\n</textualization>\n<reflection>\n${reflection}\n</reflection>\n<conclusion>\n${conclusion}\n</conclusion>`;
}
