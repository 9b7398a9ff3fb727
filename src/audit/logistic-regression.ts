import { bucketCount, type SparseRow } from "./features.js";

export interface LogisticModel {
	/** Log-odds that each feature adds, by bucket; 0 for features that were not seen. */
	readonly weights: Float64Array;
}

/**
 * The strength of L2: a prior that weights are about 1/sqrt(10) = 0.3. A feature that comes 60:40 with the truth carries
 * log-odds of 0.4, so leaks of the size we look for are expected, and rare features are kept from drowning them in noise.
 */
const l2 = 10;
const memory = 8;
const maxIterations = 200;
/** Stops where an iteration lowers the loss by less than this share of it. */
const tolerance = 1e-5;

/**
 * Fits an L2 logistic regression without an intercept (a feature that every row has serves as one).
 *
 * Full-batch L-BFGS: the loss is strictly convex, so the result depends neither on the rows' order nor on a learning rate, and
 * some tens of passes over the rows are enough. Columns are numbered afresh, so that the cost follows the features present.
 * @param labels 1 or 0 for each row
 */
export function fitLogisticRegression(rows: readonly SparseRow[], labels: readonly number[]): LogisticModel {
	const matrix = compactRows(rows);
	const signs = Float64Array.from(labels, (label) => (label === 1 ? 1 : -1));
	const weights = minimize(matrix.columns.length, (point, gradient) => evaluateLoss(matrix, signs, point, gradient));
	const spread = new Float64Array(bucketCount);
	for (const [column, bucket] of matrix.columns.entries()) spread[bucket] = weights[column] as number;
	return { weights: spread };
}

/** The log-odds that a row's label is 1. */
export function scoreRow(model: LogisticModel, row: SparseRow): number {
	let score = 0;
	for (let i = 0; i < row.buckets.length; i++) {
		score += (model.weights[row.buckets[i] as number] as number) * (row.values === undefined ? 1 : (row.values[i] as number));
	}
	return score;
}

/** Rows one after the other, with columns numbered in the order in which they first appear. */
interface Matrix {
	/** The bucket of each column. */
	readonly columns: readonly number[];
	readonly starts: Uint32Array;
	readonly entries: Uint32Array;
	readonly values: Float32Array;
}

function compactRows(rows: readonly SparseRow[]): Matrix {
	const columns: number[] = [];
	const columnOf = new Int32Array(bucketCount).fill(-1);
	const starts = new Uint32Array(rows.length + 1);
	const total = rows.reduce((sum, row) => sum + row.buckets.length, 0);
	const entries = new Uint32Array(total);
	const values = new Float32Array(total);
	let next = 0;
	for (const [index, row] of rows.entries()) {
		for (let i = 0; i < row.buckets.length; i++) {
			const bucket = row.buckets[i] as number;
			if (columnOf[bucket] === -1) columnOf[bucket] = columns.push(bucket) - 1;
			entries[next] = columnOf[bucket] as number;
			values[next] = row.values === undefined ? 1 : (row.values[i] as number);
			next++;
		}
		starts[index + 1] = next;
	}
	return { columns, starts, entries, values };
}

/** The loss, summed over the rows, with the penalty; fills in its gradient. */
function evaluateLoss({ starts, entries, values }: Matrix, signs: Float64Array, point: Float64Array, gradient: Float64Array): number {
	let loss = 0;
	for (let j = 0; j < point.length; j++) {
		const weight = point[j] as number;
		loss += (l2 / 2) * weight * weight;
		gradient[j] = l2 * weight;
	}
	for (let row = 0; row < signs.length; row++) {
		const start = starts[row] as number;
		const end = starts[row + 1] as number;
		const sign = signs[row] as number;
		let score = 0;
		for (let k = start; k < end; k++) score += (point[entries[k] as number] as number) * (values[k] as number);
		const margin = sign * score;
		// Written so that neither a large nor a small margin overflows.
		loss += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
		const slope = -sign / (1 + Math.exp(margin));
		for (let k = start; k < end; k++) {
			const column = entries[k] as number;
			gradient[column] = (gradient[column] as number) + slope * (values[k] as number);
		}
	}
	return loss;
}

/** Limited-memory BFGS with backtracking (Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 3.1). */
function minimize(size: number, evaluate: (point: Float64Array, gradient: Float64Array) => number): Float64Array {
	let point = new Float64Array(size);
	let gradient = new Float64Array(size);
	let loss = evaluate(point, gradient);
	const pairs: { step: Float64Array; change: Float64Array; curvature: number }[] = [];
	for (let iteration = 0; iteration < maxIterations; iteration++) {
		const direction = findDirection(gradient, pairs);
		const slope = dot(direction, gradient);
		if (!(slope < 0)) break;
		// Without curvature yet the gradient's length says nothing about how far to go.
		let length = pairs.length === 0 ? 1 / Math.sqrt(dot(gradient, gradient)) : 1;
		const trial = new Float64Array(size);
		const trialGradient = new Float64Array(size);
		let trialLoss = Number.POSITIVE_INFINITY;
		for (let halving = 0; halving < 40; halving++) {
			for (let j = 0; j < size; j++) trial[j] = (point[j] as number) + length * (direction[j] as number);
			trialLoss = evaluate(trial, trialGradient);
			if (trialLoss <= loss + 1e-4 * length * slope) break;
			length /= 2;
		}
		if (!(trialLoss < loss)) break;
		const step = subtract(trial, point);
		const change = subtract(trialGradient, gradient);
		pairs.push({ step, change, curvature: dot(step, change) });
		if (pairs.length > memory) pairs.shift();
		const gain = loss - trialLoss;
		point = trial;
		gradient = trialGradient;
		loss = trialLoss;
		if (gain < tolerance * loss) break;
	}
	return point;
}

function findDirection(gradient: Float64Array, pairs: readonly { step: Float64Array; change: Float64Array; curvature: number }[]): Float64Array {
	const direction = gradient.map((value) => -value);
	const shares: number[] = [];
	for (let k = pairs.length - 1; k >= 0; k--) {
		const { step, change, curvature } = pairs[k] as (typeof pairs)[number];
		const share = dot(step, direction) / curvature;
		shares[k] = share;
		addScaled(direction, change, -share);
	}
	const last = pairs.at(-1);
	if (last !== undefined) {
		const scale = last.curvature / dot(last.change, last.change);
		for (let j = 0; j < direction.length; j++) direction[j] = (direction[j] as number) * scale;
	}
	for (const [k, { step, change, curvature }] of pairs.entries()) {
		addScaled(direction, step, (shares[k] as number) - dot(change, direction) / curvature);
	}
	return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
	let sum = 0;
	for (let j = 0; j < a.length; j++) sum += (a[j] as number) * (b[j] as number);
	return sum;
}

function addScaled(target: Float64Array, added: Float64Array, scale: number): void {
	for (let j = 0; j < target.length; j++) target[j] = (target[j] as number) + scale * (added[j] as number);
}

function subtract(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
	return Float64Array.from(a, (value, j) => value - (b[j] as number));
}
