import { normalizeAnswer } from "../language/normalize-answer.js";
import { sameMeaning } from "../language/synonyms.js";
import { random } from "../pipeline/random.js";
import { createSequence } from "../pipeline/spread-evenly.js";
import { type Candidate, type Cell, cellKey, type Labels, type Pressure, type Question, scenarioTable, type Tone } from "../records/index.js";
import type { CandidateOptions } from "./candidate-options.js";
import { createManners } from "./choose-manner.js";
import { collectStrata, compareEntries, type Entry, type Stratum } from "./collect-strata.js";
import { countAnswers, type TaskCount, usualSpelling } from "./count-answers.js";
import { type DrawnOptions, drawOptions } from "./draw-options.js";
import { type PairTable, pairAnswers } from "./pair-answers.js";
import { listSituations, needsThirdAnswer, type Situation, type TaskShare } from "./plan-slots.js";
import { stageDialogue } from "./stage-dialogue.js";
import type { Wordings } from "./wordings.js";

/** The candidates of one cell, in rank order; each is written when it is asked for, since most are not needed at once. */
export interface CandidateList {
	readonly length: number;
	at(rank: number): Candidate;
	/** The picture's source path, without writing the candidate. */
	imageOf(rank: number): string;
}

/** The candidates of every cell. */
export interface Draw {
	readonly byCell: ReadonlyMap<string, CandidateList>;
	/** Whether the source holds more than was drawn: a larger limit gives more, and the same ones first. */
	readonly truncated: boolean;
	/** Questions that were looked at and left out, by reason. */
	readonly notDrawn: Readonly<Record<string, number>>;
}

export interface CandidateSource {
	readonly situations: readonly Situation[];
	readonly tasks: readonly TaskShare[];
	readonly questionCount: number;
	/** @param limit candidates of each kind of question and task to keep at most: bounds memory */
	draw(limit: number): Promise<Draw>;
}

/** Reads the source once to count, and makes ready to draw candidates from it in further passes. */
export async function createCandidateSource(questions: () => AsyncIterable<Question>, wordings: Wordings, options: CandidateOptions): Promise<CandidateSource> {
	const counts = await countAnswers(questions());
	const pairs = new Map([...counts].map(([task, count]) => [task, pairAnswers(count, options.maxAnswerShare)]));
	const situations = listSituations(options.scenarios, options.timings);
	const tasks = listTasks(counts, pairs, options.tasks);
	return {
		situations,
		tasks,
		questionCount: [...counts.values()].reduce((sum, count) => sum + count.questions, 0),
		async draw(limit) {
			const strata = await collectStrata(questions(), options, options.firstAnswers === undefined ? limit : Number.POSITIVE_INFINITY);
			return rankCandidates(strata, counts, pairs, situations, [...tasks.map(({ task }) => task)], wordings, options);
		},
	};
}

function listTasks(counts: ReadonlyMap<string, TaskCount>, pairs: ReadonlyMap<string, PairTable>, shares: CandidateOptions["tasks"]): TaskShare[] {
	return [...counts]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.flatMap(([task, count]) => {
			const share = shares === "equal" ? 1 : (shares[task] ?? 0);
			const { yes, no } = count.yesNo;
			// Yes and no come equally often; where only one of them occurs, neither can be used.
			const each = Math.min(yes, no);
			const other = [...count.classes].reduce((sum, [key, { count: size }]) => sum + (pairs.get(task)?.weights.has(key) ? size : 0), 0);
			const forms: TaskShare["forms"] = [
				...(each > 0
					? [
							{ answer: "yes" as const, share: each },
							{ answer: "no" as const, share: each },
						]
					: []),
				...(other > 0 ? [{ share: other }] : []),
			];
			return share > 0 && forms.length > 0 ? [{ task, share, forms }] : [];
		});
}

function fits(situation: Situation, { truth, narrow }: Stratum): boolean {
	const { standing } = scenarioTable[situation.scenario];
	if (narrow && needsThirdAnswer(situation.scenario)) return false;
	return truth === "any" || situation.timing === "one-round" || standing === undefined || standing === truth;
}

function rankCandidates(
	strata: ReadonlyMap<string, Stratum>,
	counts: ReadonlyMap<string, TaskCount>,
	pairs: ReadonlyMap<string, PairTable>,
	situations: readonly Situation[],
	tasks: readonly string[],
	wordings: Wordings,
	options: CandidateOptions,
): Draw {
	const placed = new Map<string, { cell: Cell; entry: Entry; drawn: DrawnOptions }[]>();
	const notDrawn: Record<string, number> = {};
	let truncated = false;
	for (const stratum of strata.values()) {
		const count = counts.get(stratum.task);
		const table = pairs.get(stratum.task);
		if (!tasks.includes(stratum.task) || count === undefined || table === undefined) continue;
		truncated ||= stratum.dropped;
		const shares = situations.map((situation) => (fits(situation, stratum) ? situation.share : 0));
		if (shares.every((share) => share === 0)) continue;
		const next = createSequence(shares);
		for (const entry of stratum.entries) {
			const drawn = drawFor(entry, stratum, count, table, options);
			if (typeof drawn === "string") {
				notDrawn[drawn] = (notDrawn[drawn] ?? 0) + 1;
				continue;
			}
			const situation = situations[next()];
			if (situation === undefined) throw new RangeError("a sequence left its range");
			const cell: Cell = {
				task: stratum.task,
				scenario: situation.scenario,
				timing: situation.timing,
				...(stratum.answer === undefined ? {} : { answer: stratum.answer }),
			};
			const list = placed.get(cellKey(cell)) ?? [];
			list.push({ cell, entry, drawn });
			placed.set(cellKey(cell), list);
		}
	}
	const manners = createManners(options.tones, options.pressures, options.seed);
	const byCell = new Map<string, CandidateList>();
	const kindOf = ({ task, scenario, timing, answer }: Cell) => JSON.stringify([task, timing, answer, scenarioTable[scenario].act]);
	for (const [key, list] of placed) {
		// Strata of several truths meet in cells without a first answer.
		list.sort((a, b) => compareEntries(a.entry, b.entry));
		byCell.set(key, {
			length: list.length,
			imageOf: (rank) => list[rank]?.entry.question.image ?? "",
			at(rank) {
				const placement = list[rank];
				if (placement === undefined) throw new RangeError(`cell ${key} has no candidate of rank ${rank}`);
				const { cell, entry, drawn } = placement;
				return buildCandidate(cell, rank, entry, drawn, manners(kindOf(cell), rank), wordings, options);
			},
		});
	}
	return { byCell, truncated, notDrawn };
}

function drawFor(entry: Entry, stratum: Stratum, count: TaskCount, table: PairTable, options: CandidateOptions): DrawnOptions | string {
	const rng = random(options.seed, entry.group, "options");
	const drawn = drawOptions(entry.question, count, table, rng);
	const own = stratum.truth === "wrong" ? options.firstAnswers?.byQuestion.get(entry.question.id) : undefined;
	if (typeof drawn === "string" || own === undefined) return drawn;
	const { gold } = drawn;
	const same = drawn.options.find((option) => sameMeaning(option, own));
	if (same !== undefined) return { gold, wrong: same, options: drawn.options };
	if (entry.question.choices !== undefined || stratum.answer !== undefined) return "first-answer-not-a-choice";
	// The model's own wrong answer takes the place of the one that was drawn.
	const wrong = usualSpelling(count, normalizeAnswer(own)) ?? own;
	return { gold, wrong, options: drawn.options.map((option) => (option === drawn.wrong ? wrong : option)) };
}

function buildCandidate(
	cell: Cell,
	rank: number,
	entry: Entry,
	drawn: DrawnOptions,
	manner: { tone: Tone; pressure: Pressure },
	wordings: Wordings,
	options: CandidateOptions,
): Candidate {
	const { group, dialogue, question } = entry;
	const labels = drawLabels(group, cell.task, options);
	const twoRound = cell.timing === "two-round";
	const onFile = options.firstAnswers?.byQuestion.get(question.id);
	const staged = stageDialogue(
		{
			...manner,
			scenario: cell.scenario,
			timing: cell.timing,
			family: options.family,
			labels,
			firstAnswerStyle: options.firstAnswerStyle,
			questionText: question.text,
			standsOnWrong: onFile !== undefined,
			...drawn,
		},
		wordings,
		random(options.seed, group, "dialogue"),
	);
	return {
		group,
		dialogue,
		cell,
		rank,
		question: { ...question, answer: drawn.gold },
		family: options.family,
		options: [...drawn.options],
		wrong: drawn.wrong,
		...(labels === undefined ? {} : { labels }),
		...(twoRound ? { firstAnswerOrigin: onFile === undefined ? "synthetic" : (options.firstAnswers?.origin ?? "file") } : {}),
		...staged,
	};
}

/** Lettered or open-ended, independent of all else. Counting uses letters: numbered numbers would confuse anyone. */
function drawLabels(group: string, task: string, options: CandidateOptions): Labels | undefined {
	const { ABCD = 0, "1234": numbered = 0, "open-ended": open = 0 } = options.formats;
	const index = random(options.seed, group, "labels").weighted(task === "counting" ? [ABCD + numbered, 0, open] : [ABCD, numbered, open]);
	return index === 0 ? "ABCD" : index === 1 ? "1234" : undefined;
}
