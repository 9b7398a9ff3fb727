import type { Color, Material, Pattern } from "../draw/ink.js";
import type { Activity } from "./activities.js";
import type { Kind } from "./kinds.js";
import type { Setting } from "./settings.js";

/** What a picture shows: the truth that pictures, questions and descriptions are made from. */

export type Light = "day" | "dusk" | "night";
export type Weather = "sunny" | "cloudy" | "rainy" | "snowy" | "foggy";

/** A frame of 640 by 480, whatever the picture's resolution. @unit frame pixels */
export const frame = { width: 640, height: 480 } as const;

export interface Box {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

export interface Person {
	readonly activity: Activity;
	readonly woman: boolean;
	readonly skin: number;
	readonly hair: number;
	readonly style: number;
	readonly shirt: Color;
	readonly shirtPattern: Pattern;
	readonly trousers: Color;
	readonly skirt: boolean;
	readonly shorts: boolean;
	/** Of what the person has in hand. */
	readonly gearColor: Color;
}

export interface Thing {
	readonly kind: Kind;
	/** Where it stands: the middle of its foot. @unit frame pixels */
	readonly x: number;
	readonly y: number;
	readonly scale: number;
	readonly flip: boolean;
	/** Absent where a kind looks as it always does. */
	readonly color?: Color;
	readonly pattern?: Pattern;
	readonly material?: Material;
	readonly variant: number;
	/** What it stands, lies or sits on, where that is another thing. */
	readonly on?: Thing;
	readonly person?: Person;
	/** Later ones are drawn over earlier ones. */
	readonly depth: number;
	readonly box: Box;
}

/** A thing as it can be seen in the finished scene. */
export interface Seen extends Thing {
	/** Little enough of it is hidden or cut off that anybody would recognise it. */
	readonly clear: boolean;
}

export interface Scene {
	readonly index: number;
	readonly setting: Setting;
	readonly light: Light;
	readonly weather: Weather;
	/** Random places between 0 and 1, for what is never asked about. */
	readonly spots: readonly number[];
	/** In the order of drawing. */
	readonly things: readonly Seen[];
}

export function overlap(a: Box, b: Box): number {
	const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
	const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
	return width > 0 && height > 0 ? width * height : 0;
}

export function areaOf({ left, top, right, bottom }: Box): number {
	return (right - left) * (bottom - top);
}
