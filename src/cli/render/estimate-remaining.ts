/** Long enough to smooth over one slow picture, short enough to follow a server that slows down. */
const windowMs = 60_000;

export interface RemainingEstimator {
	/**
	 * Takes the rows that are done by now.
	 * @returns milliseconds until all are; undefined while the window tells nothing
	 */
	update(elapsedMs: number, done: number, wanted: number): number | undefined;
}

/** Estimates the time left from the rows completed within the last minute. */
export function createRemainingEstimator(): RemainingEstimator {
	let samples: { readonly elapsedMs: number; readonly done: number }[] = [];
	return {
		update: (elapsedMs, done, wanted) => {
			const last = samples.at(-1);
			// Another pipeline counts from 0 again.
			if (last !== undefined && (done < last.done || elapsedMs < last.elapsedMs)) {
				samples = [];
			}
			samples.push({ elapsedMs, done });
			samples = samples.filter((sample) => elapsedMs - sample.elapsedMs <= windowMs);
			const first = samples[0];
			if (first === undefined || done <= first.done || elapsedMs <= first.elapsedMs) {
				return done >= wanted ? 0 : undefined;
			}
			return ((wanted - done) * (elapsedMs - first.elapsedMs)) / (done - first.done);
		},
	};
}
