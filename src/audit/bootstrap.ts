import { random } from "../pipeline/random.js";

/** One judgement of a reader: how right it was (1, 0, or 0.5 where it could not say), and the picture it belongs to. */
export interface Judgement {
	readonly picture: string;
	readonly correct: number;
}

export interface Interval {
	readonly accuracy: number;
	/** The ends of the 95 % interval. */
	readonly low: number;
	readonly high: number;
}

const resamples = 1000;

/**
 * Accuracy with a 95 % percentile interval. Pictures are drawn again, not judgements, since those of one picture are not
 * independent of one another (cluster bootstrap). Each picture enters by its sums, so the cost does not grow with its judgements.
 * @throws RangeError without judgements
 */
export function bootstrapAccuracy(judgements: readonly Judgement[], seed: number): Interval {
	if (judgements.length === 0) throw new RangeError("there is nothing to judge");
	const sums = new Map<string, { correct: number; count: number }>();
	for (const { picture, correct } of judgements) {
		const sum = sums.get(picture) ?? { correct: 0, count: 0 };
		sum.correct += correct;
		sum.count++;
		sums.set(picture, sum);
	}
	const correct = Float64Array.from(sums.values(), (sum) => sum.correct);
	const count = Float64Array.from(sums.values(), (sum) => sum.count);
	const rng = random(seed, "accuracy", "bootstrap");
	const accuracies = new Float64Array(resamples);
	for (let resample = 0; resample < resamples; resample++) {
		let right = 0;
		let all = 0;
		for (let draw = 0; draw < correct.length; draw++) {
			const cluster = Math.floor(rng.next() * correct.length);
			right += correct[cluster] as number;
			all += count[cluster] as number;
		}
		accuracies[resample] = right / all;
	}
	accuracies.sort();
	const total = judgements.reduce((sum, judgement) => sum + judgement.correct, 0);
	return {
		accuracy: total / judgements.length,
		low: accuracies[Math.floor(resamples * 0.025)] as number,
		high: accuracies[Math.ceil(resamples * 0.975) - 1] as number,
	};
}
