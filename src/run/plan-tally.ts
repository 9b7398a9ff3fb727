import type { TeacherRequest } from "../teacher/index.js";
import type { PendingRequests } from "./plan-amounts.js";
import { addMeasure, type Measured } from "./plan-assumptions.js";
import type { PlannedRequest } from "./plan-teacher.js";

/** What one stage asks. */
export interface StageTally {
	readonly stage: string;
	readonly role: PlannedRequest["role"];
	/** Different requests at a first attempt, or without one that is known. */
	requests: number;
	/** Of them, those that the ledger answers. */
	held: number;
	pending: PendingRequests;
	/** What the server counted for each token that was estimated. */
	inputRatio: Measured | undefined;
}

/** What the candidate at work has asked so far. */
export interface CandidateTally {
	asked: number;
	readonly stages: Set<string>;
	usesStandIn: boolean;
}

export interface Tally {
	/** A new candidate begins. */
	begin(): void;
	readonly candidate: CandidateTally;
	onRequest(request: PlannedRequest): void;
	onAnswer(request: TeacherRequest, isHeld: boolean): void;
	/** By pipeline, in the order in which stages first asked. */
	stagesOf(pipeline: string): StageTally[];
}

export function createTally(): Tally {
	const pipelines = new Map<string, Map<string, StageTally>>();
	let candidate: CandidateTally = { asked: 0, stages: new Set(), usesStandIn: false };

	const stageOf = ({ pipeline, stage, role }: PlannedRequest): StageTally => {
		const stages = pipelines.get(pipeline) ?? new Map<string, StageTally>();
		pipelines.set(pipeline, stages);
		const key = `${role} ${stage}`;
		const known = stages.get(key);
		if (known !== undefined) return known;
		const tally: StageTally = {
			stage,
			role,
			requests: 0,
			held: 0,
			pending: { count: 0, input: { likely: 0, atMost: 0 }, maxOutputTokens: 0 },
			inputRatio: undefined,
		};
		stages.set(key, tally);
		return tally;
	};

	return {
		begin() {
			candidate = { asked: 0, stages: new Set(), usesStandIn: false };
		},
		get candidate() {
			return candidate;
		},
		onRequest(request) {
			const tally = stageOf(request);
			const { held, input, maxOutputTokens } = request;
			if (held === undefined) {
				const { count, input: sum, maxOutputTokens: most } = tally.pending;
				tally.requests += 1;
				tally.pending = {
					count: count + 1,
					input: { likely: sum.likely + input.likely, atMost: sum.atMost + input.atMost },
					maxOutputTokens: most + maxOutputTokens,
				};
				return;
			}
			if (request.attempt === 1) {
				tally.requests += 1;
				tally.held += 1;
			}
			if (held.type === "reply" && held.usage !== undefined) tally.inputRatio = addMeasure(tally.inputRatio, held.usage.inputTokens / input.likely);
		},
		onAnswer({ about }, isHeld) {
			candidate.asked += 1;
			candidate.stages.add(about.stage);
			if (!isHeld) candidate.usesStandIn = true;
		},
		stagesOf: (pipeline) => [...(pipelines.get(pipeline)?.values() ?? [])],
	};
}
