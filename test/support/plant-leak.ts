import { random } from "../../src/pipeline/random.js";
import { type Candidate, scenarioTable } from "../../src/records/index.js";

/**
 * Candidates with a leak: a share of them (0.6) comes with a wording that speaks for its truth, the others with one that speaks
 * against it. Half of all wordings speak for a user who is right. The best reader is right that often.
 */
export function* plantInWordings(candidates: Iterable<Candidate>, share: number, seed: number): Generator<Candidate> {
	for (const candidate of candidates) {
		const isRight = scenarioTable[candidate.cell.scenario].verdict !== "misleading";
		const rng = random(seed, candidate.group, "planted wording");
		const speaksForRight = rng.next() < share === isRight;
		const last = candidate.turns.at(-1);
		if (last === undefined) throw new RangeError("a candidate without turns");
		const text = `${last.text} ${speaksForRight ? "Consider that." : "Think it over."}`;
		yield { ...candidate, turns: [...candidate.turns.slice(0, -1), { role: "user", text }] };
	}
}

/**
 * Candidates with a leak: of misleading and corrective ones only those are kept in which a user who is right claims the more
 * frequent answer of the two with the given share, and a user who is wrong with what is left of it.
 */
export function plantInClaims(candidates: Iterable<Candidate>, share: number, seed: number): Candidate[] {
	const all = [...candidates];
	const counts = new Map<string, number>();
	for (const { question } of all) counts.set(question.answer, (counts.get(question.answer) ?? 0) + 1);
	return all.filter(({ cell, claim, group, question, wrong }) => {
		const isRight = scenarioTable[cell.scenario].verdict !== "misleading";
		const [first, second] = [question.answer, wrong].sort() as [string, string];
		const frequent = (counts.get(first) ?? 0) >= (counts.get(second) ?? 0) ? first : second;
		return (claim === frequent) === isRight || random(seed, group, "planted claim").next() < (1 - share) / share;
	});
}
