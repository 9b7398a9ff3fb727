import { listSituations, planSlots, type TaskShare } from "../candidates/plan-slots.js";
import { type Config, rowsOf } from "../config/index.js";
import { type Cell, cellKey, type Scenario, scenarioTable } from "../records/index.js";

/** How many first answers of each kind are wanted, by the cell of the bare question. */
export type FirstAnswerQuotas = ReadonlyMap<string, { readonly cell: Cell; readonly right: number; readonly wrong: number }>;

/** The cell that bare questions of a task are drawn in: they are asked without any opinion. */
function bareCell({ task, answer }: Pick<Cell, "task" | "answer">): Cell {
	return { task, scenario: "neutral", timing: "one-round", ...(answer === undefined ? {} : { answer }) };
}

/** Some candidates are rejected: so many more are asked for than rows need. */
const spareMore = 2;

/** A real teacher contests some golds and fails at some replies. */
function spareFactor({ teacher }: Config): number {
	return teacher.type === "scripted" ? 1.15 : 1.5;
}

/** What a run's rows need: as many right and wrong first answers as its cells have places for. */
export function quotasOfRun(
	config: Config,
	tasks: readonly TaskShare[],
	pipelines: readonly { readonly name: string; readonly skips: readonly Scenario[] }[],
): FirstAnswerQuotas {
	const quotas = new Map<string, { cell: Cell; right: number; wrong: number }>();
	for (const { name, skips } of pipelines) {
		const situations = listSituations(config.dialogue.scenarios, config.dialogue.timings).filter(({ scenario }) => !skips.includes(scenario));
		const { cells, slots } = planSlots(rowsOf(config, name), situations, tasks);
		const counts = cells.map(() => 0);
		for (const slot of slots) counts[slot] = (counts[slot] ?? 0) + 1;
		const mine = new Map<string, { cell: Cell; right: number; wrong: number }>();
		for (const [index, cell] of cells.entries()) {
			const { standing } = scenarioTable[cell.scenario];
			if (cell.timing === "one-round" || standing === undefined) continue;
			const bare = bareCell(cell);
			const sum = mine.get(cellKey(bare)) ?? { cell: bare, right: 0, wrong: 0 };
			const count = (counts[index] ?? 0) * spareFactor(config);
			// In multi-round dialogues the first answer is not the one that stands in the end.
			const [right, wrong] = cell.timing === "multi-round" ? [count / 2, count / 2] : standing === "right" ? [count, 0] : [0, count];
			mine.set(cellKey(bare), { cell: bare, right: sum.right + right, wrong: sum.wrong + wrong });
		}
		// The pipelines share their dialogues: the largest need is everybody's.
		for (const [key, { cell, right, wrong }] of mine) {
			const known = quotas.get(key);
			quotas.set(key, { cell, right: Math.max(known?.right ?? 0, right), wrong: Math.max(known?.wrong ?? 0, wrong) });
		}
	}
	const withSpare = (count: number) => (count === 0 ? 0 : Math.ceil(count) + spareMore);
	return new Map([...quotas].map(([key, { cell, right, wrong }]) => [key, { cell, right: withSpare(right), wrong: withSpare(wrong) }]));
}

/** So many wrong first answers in all, shared among the tasks as the config shares rows. */
export function quotasOfHarvest(wrong: number, tasks: readonly TaskShare[]): FirstAnswerQuotas {
	const { cells, slots } = planSlots(wrong, [{ scenario: "neutral", timing: "one-round", share: 1 }], tasks);
	const counts = cells.map(() => 0);
	for (const slot of slots) counts[slot] = (counts[slot] ?? 0) + 1;
	return new Map(cells.map((cell, index) => [cellKey(cell), { cell, right: 0, wrong: counts[index] ?? 0 }]));
}

/**
 * A student was wrong on about one question in six where this was tried (17 % of a toy model's answers); so many are set apart to be
 * asked for each wrong answer that is wanted.
 */
export const questionsPerWrongAnswer = 6;

/** The share of questions that the student is never asked, so that dialogues without a first answer find enough of them. */
export function unaskedShareOf({ dialogue }: Config): number {
	let unasked = 0;
	let wrong = 0;
	for (const { scenario, timing, share } of listSituations(dialogue.scenarios, dialogue.timings)) {
		const { standing } = scenarioTable[scenario];
		if (timing === "one-round" || standing === undefined) unasked += share;
		else if (timing === "multi-round") wrong += share / 2;
		else if (standing === "wrong") wrong += share;
	}
	return unasked / (unasked + questionsPerWrongAnswer * wrong || 1);
}
