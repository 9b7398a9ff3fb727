/** An outcome that waits on disk. */
export interface StoredOutcome {
	readonly type: "row" | "rejection";
	readonly handle: number;
	/** Of a rejection. */
	readonly reason?: string;
}

/** What became of a cell's candidates by rank. Costs ten bytes an outcome, so that memory hardly grows with the corpus. */
export interface OutcomeList {
	/** How many there are. */
	readonly size: number;
	get(rank: number): StoredOutcome | undefined;
	set(rank: number, outcome: StoredOutcome): void;
}

const absent = 0;
const row = 1;
/** Codes from here on stand for reasons. */
const firstReason = 2;

export function createOutcomeList(): OutcomeList {
	let handles = new Float64Array(0);
	let codes = new Uint16Array(0);
	let size = 0;
	const reasons: string[] = [];

	const reserve = (rank: number): void => {
		if (rank < codes.length) return;
		const length = Math.max(16, rank + 1, codes.length * 2);
		const [olderHandles, olderCodes] = [handles, codes];
		handles = new Float64Array(length);
		codes = new Uint16Array(length);
		handles.set(olderHandles);
		codes.set(olderCodes);
	};
	const codeOf = (reason: string): number => {
		const known = reasons.indexOf(reason);
		return firstReason + (known >= 0 ? known : reasons.push(reason) - 1);
	};

	return {
		get size() {
			return size;
		},
		get(rank) {
			const code = codes[rank] ?? absent;
			const handle = handles[rank] ?? 0;
			if (code === absent) return undefined;
			return code === row ? { type: "row", handle } : { type: "rejection", handle, reason: reasons[code - firstReason] ?? "" };
		},
		set(rank, outcome) {
			reserve(rank);
			if (codes[rank] === absent) size++;
			handles[rank] = outcome.handle;
			codes[rank] = outcome.type === "row" ? row : codeOf(outcome.reason ?? "");
		},
	};
}
