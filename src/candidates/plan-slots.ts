import { createSequence } from "../pipeline/spread-evenly.js";
import { type Cell, cellKey, type Scenario, scenarios, scenarioTable, type Timing } from "../records/index.js";

/** A scenario with a timing, and its share of the rows. */
export interface Situation {
	readonly scenario: Scenario;
	readonly timing: Timing;
	readonly share: number;
}

/** A task with its share, and how the share divides among the forms of its cells: yes, no, and all other answers. */
export interface TaskShare {
	readonly task: string;
	readonly share: number;
	readonly forms: readonly { readonly answer?: "yes" | "no"; readonly share: number }[];
}

/** The shares of scenario and timing as configured: a scenario's share divides among the timings it can have. */
export function listSituations(
	scenarioShares: Readonly<Partial<Record<Scenario, number>>>,
	timingShares: Readonly<Partial<Record<Timing, number>>>,
): Situation[] {
	return scenarios.flatMap((scenario) => {
		const share = scenarioShares[scenario] ?? 0;
		const possible = scenarioTable[scenario].timings.filter((timing) => (timingShares[timing] ?? 0) > 0);
		// A scenario that exists in one timing only (neutral, doubts) keeps its share whatever the timings' shares are.
		const timings = scenarioTable[scenario].timings.length === 1 ? scenarioTable[scenario].timings : possible;
		const total = timings.reduce((sum, timing) => sum + (timingShares[timing] ?? 1), 0);
		if (share <= 0 || timings.length === 0) return [];
		if (timings.length === 1) return timings.map((timing) => ({ scenario, timing, share }));
		return timings.map((timing) => ({ scenario, timing, share: (share * (timingShares[timing] ?? 0)) / total }));
	});
}

/** Every cell that a question may be put in. */
export function listCells(situations: readonly Situation[], tasks: readonly TaskShare[]): Cell[] {
	return situations.flatMap(({ scenario, timing }) =>
		tasks.flatMap(({ task, forms }) => forms.map(({ answer }): Cell => ({ task, scenario, timing, ...(answer === undefined ? {} : { answer }) }))),
	);
}

/** Whether a scenario needs two different wrong answers, which a question with two choices does not have. */
export function needsThirdAnswer(scenario: Scenario): boolean {
	return scenarioTable[scenario].claim === "other-wrong";
}

/** The share of rows whose questions have a third answer, neither gold nor the paired wrong one. */
export function thirdAnswerShare(tasks: readonly TaskShare[]): number {
	let wide = 0;
	let all = 0;
	for (const { share, forms } of tasks) {
		const total = forms.reduce((sum, form) => sum + form.share, 0);
		all += share;
		for (const form of forms) if (form.answer === undefined) wide += (share * form.share) / total;
	}
	return all === 0 ? 0 : wide / all;
}

/** Which cell each slot of the output belongs to: slot k of the result is the k-th row. Every prefix has the shares. */
export function planSlots(rows: number, allSituations: readonly Situation[], tasks: readonly TaskShare[]): { cells: Cell[]; slots: Uint32Array } {
	const situations = allSituations.filter(({ scenario }) => (needsThirdAnswer(scenario) ? withoutTwoChoices(tasks) : tasks).length > 0);
	if (situations.length === 0) return { cells: [], slots: new Uint32Array(0) };
	const cells: Cell[] = [];
	const index = new Map<string, number>();
	const slots = new Uint32Array(rows);
	const nextSituation = createSequence(situations.map(({ share }) => share));
	// Each situation starts with another task: else the first tasks would be ahead in every short run.
	const turned = situations.map(({ scenario }, s) => {
		const able = needsThirdAnswer(scenario) ? withoutTwoChoices(tasks) : tasks;
		return rotate(able, Math.floor((s * able.length) / situations.length));
	});
	const nextTask = turned.map((order) => createSequence(order.map(({ share }) => share)));
	const nextForm = turned.map((order) => order.map(({ forms }) => createSequence(forms.map(({ share }) => share))));
	for (let slot = 0; slot < rows; slot++) {
		const s = nextSituation();
		const t = nextTask[s]?.() ?? 0;
		const f = nextForm[s]?.[t]?.() ?? 0;
		const situation = situations[s];
		const task = turned[s]?.[t];
		if (situation === undefined || task === undefined) throw new RangeError("a sequence left its range");
		const answer = task.forms[f]?.answer;
		const cell: Cell = { task: task.task, scenario: situation.scenario, timing: situation.timing, ...(answer === undefined ? {} : { answer }) };
		const key = cellKey(cell);
		const known = index.get(key) ?? cells.push(cell) - 1;
		index.set(key, known);
		slots[slot] = known;
	}
	return { cells, slots };
}

function withoutTwoChoices(tasks: readonly TaskShare[]): TaskShare[] {
	return tasks.flatMap((task) => {
		const forms = task.forms.filter(({ answer }) => answer === undefined);
		return forms.length === 0 ? [] : [{ ...task, forms }];
	});
}

function rotate<T>(values: readonly T[], by: number): T[] {
	return [...values.slice(by), ...values.slice(0, by)];
}
