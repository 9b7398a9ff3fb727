import type { GearName } from "../draw/gear.js";
import type { PoseName } from "../draw/poses.js";

/** What people do, as a pose with what goes with it. */

export interface Activity {
	readonly name: string;
	readonly pose: PoseName;
	readonly gear?: GearName;
	/** Answers to "what is she doing?" that would be right too, or that could be held right. */
	readonly alsoRight: readonly string[];
	/** What is held, as an answer. */
	readonly held?: string;
	readonly hat?: "cap" | "helmet" | "beanie" | "chef";
	/** In the person's own measure, where it differs from a standing one. Left and right of the foot, and above it. */
	readonly reach?: { readonly left: number; readonly right: number; readonly height: number };
	readonly shorts?: boolean;
	/** The sport that it is part of, with what else that could be called. */
	readonly sport?: readonly string[];
}

const wide = (left: number, right: number, height: number) => ({ reach: { left, right, height } });

export const activities = {
	walking: { name: "walking", pose: "walking", alsoRight: ["standing", "running", "moving"], ...wide(36, 36, 152) },
	standing: { name: "standing", pose: "standing", alsoRight: ["walking", "waiting", "posing"] },
	sitting: { name: "sitting", pose: "sitting", alsoRight: ["resting", "relaxing", "waiting"], ...wide(32, 42, 140) },
	running: { name: "running", pose: "running", alsoRight: ["walking", "exercising", "jumping"], ...wide(50, 50, 158) },
	reading: { name: "reading", pose: "reading", gear: "book", held: "book", alsoRight: ["sitting", "resting", "relaxing", "studying"], ...wide(32, 48, 140) },
	jumping: { name: "jumping", pose: "jumping", alsoRight: ["dancing", "exercising", "waving"], ...wide(42, 42, 202) },
	waving: { name: "waving", pose: "waving", alsoRight: ["standing", "greeting"], ...wide(32, 40, 154) },
	"riding a bicycle": {
		name: "riding a bicycle",
		pose: "riding-bike",
		gear: "bicycle",
		alsoRight: ["sitting", "exercising", "driving"],
		hat: "helmet",
		...wide(68, 68, 174),
	},
	fishing: { name: "fishing", pose: "fishing", gear: "fishing rod", held: "fishing rod", alsoRight: ["standing"], ...wide(30, 124, 162) },
	"flying a kite": { name: "flying a kite", pose: "kite-flying", gear: "kite", held: "kite", alsoRight: ["standing", "playing"], ...wide(30, 130, 270) },
	"holding an umbrella": {
		name: "holding an umbrella",
		pose: "umbrella",
		gear: "umbrella",
		held: "umbrella",
		alsoRight: ["standing", "walking", "waiting"],
		...wide(42, 86, 228),
	},
	painting: { name: "painting", pose: "painting", gear: "easel", held: "paintbrush", alsoRight: ["standing", "drawing"], ...wide(32, 110, 154) },
	"playing the guitar": {
		name: "playing the guitar",
		pose: "guitar",
		gear: "guitar",
		held: "guitar",
		alsoRight: ["standing", "singing", "making music"],
		...wide(36, 56, 152),
	},
	sweeping: { name: "sweeping", pose: "sweeping", gear: "broom", held: "broom", alsoRight: ["cleaning", "standing"], ...wide(32, 72, 150) },
	"taking a photo": { name: "taking a photo", pose: "photo", gear: "camera", held: "camera", alsoRight: ["standing"], ...wide(32, 36, 154) },
	cooking: { name: "cooking", pose: "cooking", gear: "frying pan", held: "frying pan", alsoRight: ["standing", "frying"], hat: "chef", ...wide(32, 100, 180) },
	sleeping: { name: "sleeping", pose: "lying", alsoRight: ["lying down", "resting", "relaxing"], ...wide(76, 76, 40) },

	tennis: {
		name: "playing tennis",
		pose: "tennis",
		gear: "tennis",
		sport: ["tennis"],
		held: "tennis racket",
		alsoRight: ["running", "standing", "playing"],
		shorts: true,
		...wide(46, 106, 204),
	},
	baseball: {
		name: "playing baseball",
		pose: "baseball",
		gear: "baseball",
		sport: ["baseball"],
		held: "bat",
		alsoRight: ["standing", "playing"],
		hat: "cap",
		...wide(54, 94, 176),
	},
	skateboarding: {
		name: "skateboarding",
		pose: "balancing",
		gear: "skateboarding",
		sport: ["skateboarding"],
		alsoRight: ["standing"],
		hat: "helmet",
		...wide(62, 62, 140),
	},
	surfing: { name: "surfing", pose: "balancing", gear: "surfing", sport: ["surfing"], alsoRight: ["standing"], shorts: true, ...wide(84, 98, 136) },
	skiing: { name: "skiing", pose: "skiing", gear: "skiing", sport: ["skiing"], alsoRight: ["standing", "moving"], hat: "beanie", ...wide(76, 90, 142) },
	soccer: {
		name: "playing soccer",
		pose: "soccer",
		gear: "soccer",
		sport: ["soccer"],
		alsoRight: ["running", "kicking a ball", "playing"],
		shorts: true,
		...wide(48, 80, 154),
	},
	basketball: {
		name: "playing basketball",
		pose: "basketball",
		gear: "basketball",
		sport: ["basketball"],
		held: "ball",
		alsoRight: ["jumping", "playing"],
		shorts: true,
		...wide(42, 50, 240),
	},
	golf: {
		name: "playing golf",
		pose: "golf",
		gear: "golf",
		sport: ["golf"],
		held: "golf club",
		alsoRight: ["standing", "playing"],
		hat: "cap",
		...wide(32, 82, 150),
	},
	hockey: {
		name: "playing hockey",
		pose: "hockey",
		gear: "hockey",
		sport: ["hockey"],
		held: "hockey stick",
		alsoRight: ["skating", "running", "playing"],
		hat: "helmet",
		...wide(50, 114, 142),
	},
	volleyball: {
		name: "playing volleyball",
		pose: "volleyball",
		gear: "volleyball",
		sport: ["volleyball"],
		alsoRight: ["jumping", "playing"],
		shorts: true,
		...wide(40, 54, 242),
	},
	archery: {
		name: "shooting an arrow",
		pose: "archery",
		gear: "archery",
		sport: ["archery"],
		held: "bow",
		alsoRight: ["standing", "playing"],
		...wide(36, 98, 160),
	},
} satisfies Readonly<Record<string, Activity>>;

export type ActivityName = keyof typeof activities;
