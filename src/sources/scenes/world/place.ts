import type { Random } from "../../../pipeline/random.js";
import type { Kind } from "./kinds.js";
import { areaOf, type Box, frame, overlap, type Seen, type Thing } from "./scene.js";

/** Where things go, so that they can be made out: some overlap, few are hidden, none stands inside another. */

/** What a placed thing may at most hide of another, and be hidden: of most, of a few, of what nobody asks about. */
const hides = { mostly: 0.1, sometimes: 0.32 } as const;
const tries = 30;

export interface Spot {
	readonly x: number;
	readonly y: number;
	readonly scale: number;
}

/** Near things are larger; in rooms all is near. */
export function scaleAt(y: number, horizon: number, indoor: boolean): number {
	return indoor ? 0.95 + (y - 330) * 0.0022 : 0.58 + ((y - horizon - 20) / (480 - horizon - 20)) * 0.58;
}

/** The box of something that stands on (x, y). */
export function boxOf(x: number, y: number, scale: number, left: number, right: number, height: number): Box {
	return { left: x - left * scale, right: x + right * scale, top: y - height * scale, bottom: y + 3 * scale };
}

export function kindBox(kind: Kind, { x, y, scale }: Spot): Box {
	return boxOf(x, y, scale, kind.width / 2, kind.width / 2, kind.height);
}

/** Finds a place where little is hidden; nothing where there is no room. */
export function findSpot(
	things: readonly Thing[],
	rng: Random,
	range: { readonly x: readonly [number, number]; readonly y: readonly [number, number] },
	boxAt: (x: number, y: number) => { box: Box; scale: number },
	depthOf: (y: number) => number,
): Spot | undefined {
	const limit = rng.next() < 0.3 ? hides.sometimes : hides.mostly;
	for (let attempt = 0; attempt < tries; attempt++) {
		const x = Math.round(range.x[0] + rng.next() * (range.x[1] - range.x[0]));
		const y = Math.round(range.y[0] + rng.next() * (range.y[1] - range.y[0]));
		const { box, scale } = boxAt(x, y);
		if (box.left < 4 || box.right > frame.width - 4 || box.top < 2 || box.bottom > frame.height) continue;
		const depth = depthOf(y);
		const fits = things.every((thing) => {
			const shared = overlap(thing.box, box);
			if (shared === 0) return true;
			const hidden = thing.depth < depth ? areaOf(thing.box) : areaOf(box);
			return shared <= limit * Math.min(hidden, 2 * areaOf(box), 2 * areaOf(thing.box));
		});
		if (fits) return { x, y, scale };
	}
	return undefined;
}

/** Marks what can be made out. Boxes are larger than what is in them, so that this errs on the side of silence. */
export function markSeen(things: readonly Thing[]): Seen[] {
	const sorted = [...things].sort((a, b) => a.depth - b.depth);
	return sorted.map((thing, index) => {
		const area = areaOf(thing.box);
		const hidden = sorted.slice(index + 1).reduce((sum, later) => sum + (carries(thing, later) ? 0 : overlap(thing.box, later.box)), 0);
		const inside = overlap(thing.box, { left: 0, top: 0, right: frame.width, bottom: frame.height });
		const large = Math.min(thing.box.right - thing.box.left, thing.box.bottom - thing.box.top) >= 13;
		return { ...thing, clear: hidden <= 0.3 * area && inside >= 0.85 * area && large };
	});
}

/** What lies on a table hides nothing of it that matters, nor does somebody on a sofa. */
function carries(support: Thing, thing: Thing): boolean {
	return thing.on === support;
}
