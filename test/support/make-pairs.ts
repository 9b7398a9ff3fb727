import type { ReplyPair } from "../../src/audit/read-pairs.js";
import { random } from "../../src/pipeline/random.js";
import type { BaseRecord, StageContext } from "../../src/pipeline/stage.js";
import { type Candidate, isRejection } from "../../src/records/index.js";
import { cave } from "../../src/stages/cave.js";
import { prefer } from "../../src/stages/prefer.js";

/** The pairs that the stages of the dpo pipeline make of candidates from templates. */
export async function makePairs(candidates: Iterable<Candidate>, seed: number, stanceShares: StageContext["settings"]["stanceShares"]): Promise<ReplyPair[]> {
	const pairs: ReplyPair[] = [];
	for (const candidate of candidates) pairs.push(await makePair(candidate, seed, stanceShares));
	return pairs;
}

async function makePair(candidate: Candidate, seed: number, stanceShares: StageContext["settings"]["stanceShares"]): Promise<ReplyPair> {
	const { question, labels, options, claim, standing, cell } = candidate;
	const sha256 = question.imageId ?? question.image;
	const record: BaseRecord = { candidate, image: { path: question.image, sha256, width: 1, height: 1 } };
	const contextOf = (stage: string): StageContext => ({
		random: (purpose) => random(seed, candidate.group, `${stage}:${purpose}`),
		attempt: 1,
		settings: { hint: "never", goldCheck: "off", teacherModel: "none", scripted: false, dpoReplies: "templates", dpoRejected: "as-replies", stanceShares },
		prompt: (name) => {
			throw new Error(`pairs from templates read no prompt, and so not ${name}`);
		},
		ask: () => Promise.reject(new Error("pairs from templates ask no teacher")),
		askStudent: () => Promise.reject(new Error("pairs from templates ask no student")),
	});
	const preferred = await prefer.run(record, contextOf("prefer"));
	if (isRejection(preferred)) throw new Error(preferred.rejection.detail);
	const caved = await cave.run({ ...record, ...preferred }, contextOf("cave"));
	if (isRejection(caved)) throw new Error(caved.rejection.detail);
	return {
		chosen: preferred.chosen,
		rejected: caved.rejected,
		image: { sha256 },
		meta: {
			timing: cell.timing,
			answer: question.answer,
			claims: claim === undefined ? [] : [claim],
			standingAnswers: standing === undefined ? [] : [standing],
			...(labels === undefined ? {} : { choices: options }),
			teacher: "templates",
		},
	};
}
