import type { Candidate, Question } from "../records/index.js";
import { createCandidateBuilder } from "./build-candidate.js";
import type { CandidateOptions } from "./candidate-options.js";
import { collectStrata } from "./collect-strata.js";
import { countAnswers, type PoolCount, poolKeyOf } from "./count-answers.js";
import { pairAnswers } from "./pair-answers.js";
import { listCells, listSituations, type Situation, type TaskShare } from "./plan-slots.js";
import { type Pool, poseQuestion } from "./pose-question.js";
import { createMemoryShelf, type QuestionShelf } from "./question-shelf.js";
import { placeEntries } from "./rank-entries.js";
import type { Wordings } from "./wordings.js";

/** The candidates of one cell, in rank order; each is written when it is asked for, since most are not needed at once. */
export interface CandidateList {
	readonly length: number;
	/** Whether the source holds more for the cell: a larger draw gives more, and the same ones first. */
	readonly isCut: boolean;
	at(rank: number): Candidate;
	/** A number for the candidate's picture, without writing the candidate. */
	imageOf(rank: number): number;
	/** The rank of the candidate with a group hash; -1 where it is not here. */
	rankOf(group: string): number;
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
	/** Candidates that were drawn cannot be written any more. */
	close(): void;
}

/**
 * Reads the source once to count, and makes ready to draw candidates from it in further passes.
 * @param shelf where the texts of drawn questions are kept
 * @param mayDraw which questions become candidates; the others count among the answers all the same
 */
export async function createCandidateSource(
	questions: () => AsyncIterable<Question>,
	wordings: Wordings,
	options: CandidateOptions,
	shelf: QuestionShelf = createMemoryShelf(),
	mayDraw: (question: Question) => boolean = () => true,
): Promise<CandidateSource> {
	const counts = await countAnswers(questions());
	const pools = new Map([...counts].map(([key, count]): [string, Pool] => [key, { count, pairs: pairAnswers(count, options.maxAnswerShare) }]));
	const situations = listSituations(options.scenarios, options.timings);
	const tasks = listTasks(pools, options.tasks);
	const wanted = new Set(tasks.map(({ task }) => task));
	const poolOf = (question: Question) => pools.get(poolKeyOf(question));
	const buildCandidate = createCandidateBuilder(listCells(situations, tasks), poolOf, shelf, wordings, options);

	/** Why a question cannot be posed. Of tasks that nobody asked for nothing is said. */
	const refuse = (question: Question, group: string): string | undefined => {
		const pool = poolOf(question);
		if (pool === undefined) return "answer-too-rare";
		const posed = poseQuestion(question, group, pool, options);
		return typeof posed === "string" ? posed : undefined;
	};
	async function* wantedQuestions() {
		for await (const question of questions()) if (wanted.has(question.task) && mayDraw(question)) yield question;
	}
	return {
		situations,
		tasks,
		questionCount: [...counts.values()].reduce((sum, count) => sum + count.questions, 0),
		async draw(limit) {
			const { strata, notDrawn } = await collectStrata(wantedQuestions(), options, limit, shelf, refuse);
			const byCell = new Map<string, CandidateList>();
			for (const [key, { cell, entries, isCut }] of placeEntries(strata, situations, options)) {
				byCell.set(key, {
					length: entries.length,
					isCut,
					at(rank) {
						const entry = entries[rank];
						if (entry === undefined) throw new RangeError(`cell ${key} has no candidate of rank ${rank}`);
						return buildCandidate(cell, rank, entry);
					},
					imageOf: (rank) => entries[rank]?.image ?? 0,
					rankOf: (group) => entries.findIndex((entry) => entry.group === group),
				});
			}
			return { byCell, truncated: strata.some(({ end }) => end !== undefined), notDrawn };
		},
		close: () => shelf.close(),
	};
}

function listTasks(pools: ReadonlyMap<string, Pool>, shares: CandidateOptions["tasks"]): TaskShare[] {
	const byTask = new Map<string, { yes: number; no: number; other: number }>();
	for (const { count, pairs } of pools.values()) {
		const sum = byTask.get(count.task) ?? { yes: 0, no: 0, other: 0 };
		sum.yes += count.yesNo.yes;
		sum.no += count.yesNo.no;
		sum.other += countPaired(count, pairs.weights);
		byTask.set(count.task, sum);
	}
	return [...byTask]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.flatMap(([task, { yes, no, other }]) => {
			const share = shares === "equal" ? 1 : (shares[task] ?? 0);
			// Yes and no come equally often; where only one of them occurs, neither can be used.
			const each = Math.min(yes, no);
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

function countPaired(count: PoolCount, weights: ReadonlyMap<string, unknown>): number {
	let paired = 0;
	for (const [key, { count: size }] of count.classes) if (weights.has(key)) paired += size;
	return paired;
}
