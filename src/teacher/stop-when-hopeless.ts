import { teacherError } from "../records/index.js";
import type { Role } from "./classify-failure.js";
import type { Teacher, TeacherAnswer, TeacherFailure } from "./teacher.js";

export interface HopelessOptions {
	/** More than this share of the last hundred requests ended as failures: the run stops. 1: never. */
	readonly maxFailureShare: number;
	/** Whose server it is, for messages. @default teacher */
	readonly role?: Role;
}

const window = 100;
/** So many must have ended before a share says anything. */
const minEnded = 50;

/**
 * Ends a run that comes to nothing, before all of it has been paid for: where most requests end as failures, something is wrong
 * with all of them. Belongs below the ledger: what is only read again counts for nothing here.
 * @throws CandorError (exit 4) for the request that is one failure too many
 */
export function stopWhenHopeless(teacher: Teacher, { maxFailureShare, role = "teacher" }: HopelessOptions): Teacher {
	/** The latest to have ended; undefined where it was answered. */
	let latest: (TeacherFailure | undefined)[] = [];

	return {
		async ask(request, signal): Promise<TeacherAnswer> {
			const answer = await teacher.ask(request, signal);
			latest = [...latest.slice(1 - window), answer.type === "failure" ? answer : undefined];
			const failures = latest.filter((failure) => failure !== undefined);
			if (latest.length < minEnded || failures.length <= maxFailureShare * latest.length) return answer;
			throw teacherError(
				`${failures.length} of the last ${latest.length} requests to the ${role} failed (${countReasons(failures)}), most often with: ${commonest(failures)}`,
				`Find out what is wrong with them, then run the same command again: what was answered is kept. If so many are to be expected, raise teacher.maxFailureShare (now ${maxFailureShare}; 1 never stops).`,
			);
		},
		close: () => teacher.close(),
	};
}

function countReasons(failures: readonly TeacherFailure[]): string {
	return [...countBy(failures, ({ reason }) => reason)].map(([reason, { count }]) => `${reason} ${count}`).join(", ");
}

/** Messages that differ in numbers alone are the same: ids, times, sizes. */
function commonest(failures: readonly TeacherFailure[]): string {
	const groups = [...countBy(failures, ({ detail }) => detail.replace(/\d+/g, "0")).values()];
	return groups.reduce((a, b) => (b.count > a.count ? b : a)).first.detail;
}

function countBy(failures: readonly TeacherFailure[], keyOf: (failure: TeacherFailure) => string): Map<string, { count: number; first: TeacherFailure }> {
	const groups = new Map<string, { count: number; first: TeacherFailure }>();
	for (const failure of failures) {
		const key = keyOf(failure);
		groups.set(key, { count: (groups.get(key)?.count ?? 0) + 1, first: groups.get(key)?.first ?? failure });
	}
	return groups;
}
