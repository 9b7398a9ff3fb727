import { random } from "../pipeline/random.js";
import type { Candidate, Cell, Question } from "../records/index.js";
import type { CandidateOptions } from "./candidate-options.js";
import { createManners, kindOfCell } from "./choose-manner.js";
import type { Entry } from "./collect-strata.js";
import { judgeAnswer } from "./first-answer-truth.js";
import { type Pool, poseQuestion } from "./pose-question.js";
import type { QuestionShelf } from "./question-shelf.js";
import { stageDialogue } from "./stage-dialogue.js";
import type { Wordings } from "./wordings.js";

/** Writes the candidate of an entry: its question posed, its dialogue staged. The same entry gives the same candidate each time. */
export function createCandidateBuilder(
	cells: readonly Cell[],
	poolOf: (question: Question) => Pool | undefined,
	shelf: QuestionShelf,
	wordings: Wordings,
	options: CandidateOptions,
): (cell: Cell, rank: number, entry: Entry) => Candidate {
	const manners = createManners(options.tones, options.pressures, options.seed, cells.map(kindOfCell));

	return (cell, rank, { group, dialogue, handle }) => {
		const question = shelf.get(handle);
		const pool = poolOf(question);
		const posed = pool === undefined ? "answer-too-rare" : poseQuestion(question, group, pool, options);
		if (typeof posed === "string") throw new Error(`question ${question.id} was drawn, and cannot be posed: ${posed}`);
		const { labels, ...drawn } = posed;
		const own = cell.timing === "one-round" ? undefined : options.firstAnswers?.byQuestion.get(question.id)?.answer;
		const staged = stageDialogue(
			{
				...manners(kindOfCell(cell), rank),
				scenario: cell.scenario,
				timing: cell.timing,
				rounds: options.rounds,
				family: options.family,
				labels,
				firstAnswerStyle: options.firstAnswerStyle,
				questionText: question.text,
				...(own === undefined ? {} : { ownAnswer: judgeAnswer(own, question) }),
				...drawn,
			},
			wordings,
			(purpose) => random(options.seed, group, purpose),
		);
		const { firstAnswers } = options;
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
			...(cell.timing === "one-round" ? {} : { firstAnswerOrigin: own === undefined ? "synthetic" : (firstAnswers?.origin ?? "file") }),
			...(own === undefined || firstAnswers?.model === undefined ? {} : { student: firstAnswers.model }),
			...staged,
		};
	};
}
