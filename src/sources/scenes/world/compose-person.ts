import type { Random } from "../../../pipeline/random.js";
import type { Color, Pattern } from "../draw/ink.js";
import type { Activity } from "./activities.js";
import { pickSkewed } from "./draws.js";
import { kindOf } from "./kinds.js";
import { boxOf, findSpot, scaleAt } from "./place.js";
import type { Person, Thing } from "./scene.js";

const shirts: readonly Color[] = ["red", "blue", "white", "green", "yellow", "black", "orange", "purple", "pink", "gray"];
const trousers: readonly Color[] = ["blue", "black", "brown", "gray", "green", "white", "red", "purple"];
const gearColors: readonly Color[] = ["red", "blue", "yellow", "green", "orange", "purple", "pink"];
const cloths: readonly Pattern[] = ["striped", "dotted", "checkered", "floral"];
const plainReach = { left: 30, right: 30, height: 152 };
/** In the measure of a person. How high above the floor a seat is that a pose sits on, and a mattress. */
const poseSeat = 46;

export interface PersonPlace {
	readonly seat: Thing | undefined;
	readonly range: readonly [number, number];
	readonly across: readonly [number, number];
	readonly size: number;
	readonly horizon: number;
	readonly indoor: boolean;
	readonly skew: number;
}

/** A person somewhere in the given range, or on a seat; nothing where there is no room. */
export function composePerson(activity: Activity, place: PersonPlace, things: readonly Thing[], rng: Random): Thing | undefined {
	const woman = rng.next() < 0.5;
	const shirt = pickSkewed(shirts, place.skew, rng);
	const person: Person = {
		activity,
		woman,
		skin: rng.below(5),
		hair: rng.below(5),
		// A pony tail is lost behind arms and under helmets; hair down to the shoulders is not.
		style: woman && (activity.hat !== undefined || activity.sport !== undefined) ? 1 : rng.below(3),
		shirt,
		shirtPattern: rng.next() < 0.3 && shirt !== "black" ? pickSkewed(cloths, place.skew, rng) : "plain",
		trousers: pickSkewed(
			trousers.filter((color) => color !== shirt),
			place.skew,
			rng,
		),
		skirt: woman && rng.next() < 0.5 && activity.sport === undefined,
		shorts: activity.shorts === true,
		gearColor: pickSkewed(
			gearColors.filter((color) => color !== shirt),
			place.skew,
			rng,
		),
	};
	const flip = rng.next() < 0.5 && activity.sport === undefined;
	const { left, right, height } = activity.reach ?? plainReach;
	const boxAt = (x: number, y: number) => {
		const scale = Math.round(place.size * (place.seat?.scale ?? scaleAt(y, place.horizon, place.indoor)) * 100) / 100;
		return { box: boxOf(x, y, scale, flip ? right : left, flip ? left : right, height), scale };
	};
	const base = { kind: kindOf(woman ? "woman" : "man"), flip, variant: rng.below(6), person };
	if (place.seat !== undefined) return seat(place.seat, base, activity, boxAt, rng);
	const spot = findSpot(things, rng, { x: place.across, y: place.range }, boxAt, (y) => y);
	return spot === undefined ? undefined : { ...base, ...spot, depth: spot.y, box: boxAt(spot.x, spot.y).box };
}

function seat(
	support: Thing,
	base: Pick<Thing, "kind" | "flip" | "variant" | "person">,
	activity: Activity,
	boxAt: (x: number, y: number) => { box: Thing["box"]; scale: number },
	rng: Random,
): Thing {
	if (activity.pose === "lying") {
		// Beds have their pillow on the left, or on the right where they are turned.
		const scale = Math.round(support.scale * 92) / 100;
		const x = Math.round(support.x + (support.flip ? 12 : -12) * support.scale);
		const y = Math.round(support.y - 58 * support.scale);
		return { ...base, flip: support.flip, x, y, scale, on: support, depth: support.depth + 0.2, box: boxOf(x, y + 4, scale, 76, 76, 34) };
	}
	const reach = 40 * support.scale;
	const x = Math.round(support.x + (rng.next() - 0.5) * 2 * reach);
	const { scale } = boxAt(x, support.y);
	const y = Math.round(support.y - ((support.kind.top?.height ?? 40) * support.scale - poseSeat * scale) * 0.9);
	return { ...base, x, y, scale, on: support, depth: support.depth + 0.5, box: boxAt(x, y).box };
}
