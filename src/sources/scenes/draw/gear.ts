import type { Ink } from "./ink.js";
import { drawKite } from "./outdoors.js";
import { disc, group, line, oval, rect, shape, times } from "./svg.js";
import { drawBicycle } from "./vehicles.js";

/** What people have in hand or under their feet, in the coordinates of the person who is in the pose that it goes with. */

export interface Gear {
	/** Drawn before the person, and after. */
	readonly under?: string;
	readonly over?: string;
}

const wood = "#8a5a2a";

export const gears = {
	book: (ink: Ink): Gear => ({
		over:
			shape("M10 -100L26 -92L44 -102L42 -78L26 -68L12 -76Z", ink.main) +
			shape("M13 -98L26 -91V-71L15 -77ZM26 -91L41 -99L39 -79L26 -71Z", "#fdfaf0") +
			line("M16 -92l7 4M16 -86l7 4M30 -89l7 -4M30 -83l7 -4", "#b3ada0", 1.2),
	}),
	bicycle: (ink: Ink): Gear => ({ under: drawBicycle(ink) }),
	"fishing rod": (): Gear => ({
		over:
			line("M26 -78L112 -158", wood, 3.4) +
			line("M112 -158Q122 -100 118 -62", "#e9eef2", 1.4) +
			oval(118, -60, 4, 6, "#e2352f") +
			disc(34, -82, 4.6, "#4b5058"),
	}),
	kite: (ink: Ink): Gear => ({
		over: line("M38 -138Q70 -150 96 -196", "#5c6066", 1.5) + group(drawKite(ink), "translate(98 -186)"),
	}),
	umbrella: (ink: Ink): Gear => ({
		under:
			line("M22 -108V-190", "#4b4f55", 3) +
			shape(
				"M-40 -170Q-34 -216 22 -220Q78 -216 84 -170Q74 -178 63 -170Q52 -178 42 -170Q32 -178 22 -170Q12 -178 2 -170Q-8 -178 -19 -170Q-30 -178 -40 -170Z",
				ink.main,
			) +
			line("M22 -220Q4 -200 2 -170M22 -220Q40 -200 42 -170", ink.dark, 1.6) +
			line("M22 -220V-227", "#4b4f55", 3),
	}),
	easel: (): Gear => ({
		under:
			line("M70 -150L52 0M76 -150L100 0M74 -120L82 0", wood, 5) +
			rect(50, -138, 56, 66, "#fdfbf3", 2) +
			line("M50 -138h56v66h-56Z", "#b98a52", 3) +
			shape("M54 -76V-96Q66 -108 78 -92T102 -98V-76Z", "#5aa35c") +
			disc(90, -122, 8, "#f0b13a") +
			line("M48 -68H108", wood, 5),
		over:
			line("M46 -108L60 -112", wood, 3) +
			oval(32, -76, 15, 9, "#c99a62") +
			disc(26, -78, 3, "#d8352f") +
			disc(34, -80, 3, "#2f6fd6") +
			disc(40, -75, 3, "#f4c92f"),
	}),
	guitar: (): Gear => ({
		over:
			line("M0 -72L46 -112", "#5a3a1c", 6) +
			disc(-14, -62, 17, "#b3702c") +
			disc(2, -74, 13, "#b3702c") +
			disc(-5, -68, 6, "#3a2412") +
			line("M-18 -58L44 -111", "#f3e7cf", 1.4) +
			rect(42, -120, 11, 10, "#3a2412", 2),
	}),
	broom: (): Gear => ({
		over: line("M18 -104L44 -22", wood, 4) + shape("M36 -28L54 -32L70 -2L34 0Z", "#e0b243") + line("M42 -22L40 -2M48 -24L52 -3M52 -26L62 -4", "#a87a1c", 1.4),
	}),
	camera: (): Gear => ({
		over: rect(2, -144, 28, 19, "#2b2e33", 3) + rect(8, -149, 12, 6, "#2b2e33", 2) + disc(20, -134, 7.5, "#5c6873") + disc(20, -134, 4, "#a9d4ea"),
	}),
	"frying pan": (): Gear => ({
		over:
			line("M40 -90L58 -92", "#2b2e33", 4.5) +
			shape("M56 -97H98L92 -85H62Z", "#33373d") +
			oval(77, -97, 21, 4, "#565c64") +
			oval(77, -99, 10, 3.4, "#fdfbf0") +
			disc(78, -100, 3.4, "#f6b92c"),
	}),
	soccer: (): Gear => ({
		over:
			disc(64, -14, 14, "#fbfbf8") +
			shape("M64 -21L70 -16L68 -9H60L58 -16Z", "#1f2125") +
			shape("M52 -22l5 -3l3 4l-5 4ZM72 -26l5 3l-1 5l-5 -4ZM76 -8l-2 5l-5 0l1 -5ZM54 -3l-2 -6l5 -1l2 6Z", "#1f2125"),
	}),
	tennis: (): Gear => ({
		over:
			line("M38 -136L52 -160", "#3b3f46", 5) +
			`<ellipse cx="61" cy="-178" rx="15" ry="21" fill="#f4f1e4" fill-opacity=".75" stroke="#d8352f" stroke-width="4.5" transform="rotate(28 61 -178)"/>` +
			line("M52 -190L72 -180M48 -180L70 -168M56 -196L62 -160M66 -196L56 -162", "#8b8f96", 1) +
			disc(96, -168, 8, "#d9f03c") +
			line("M90 -172q5 4 4 10", "#f7fbe0", 1.6),
	}),
	baseball: (): Gear => ({
		over:
			line("M-18 -104L-24 -120", "#5a3a1c", 5) +
			line("M-24 -120L-44 -168", "#c38a4a", 9) +
			disc(84, -96, 8, "#fdfcf6") +
			line("M80 -102q5 6 1 12M88 -102q-4 6 0 12", "#d8352f", 1.4),
	}),
	basketball: (): Gear => ({
		over: disc(30, -220, 16, "#e77a24") + line("M14 -220H46M30 -236V-204M20 -232Q30 -220 20 -208M40 -232Q30 -220 40 -208", "#5a2d0e", 1.8),
	}),
	golf: (): Gear => ({ over: line("M18 -70L50 -6", "#9aa2aa", 3.4) + shape("M46 -10L62 -4Q60 2 46 0Z", "#4b525a") + disc(74, -4, 5, "#ffffff") }),
	skiing: (): Gear => ({
		under: shape("M-68 -2H66Q82 -4 84 -14L88 -12Q86 4 66 5H-68Z", "#d8352f"),
		over:
			shape("M-72 1H60Q76 -1 78 -10L82 -8Q80 7 60 8H-72Z", "#f0b62c") +
			line("M36 -72L-8 4M42 -78L62 -2", "#4b525a", 3) +
			rect(12, -119, 21, 9, "#2a3b52", 4) +
			oval(-7, 2, 7, 2.4, "#4b525a"),
	}),
	surfing: (): Gear => ({
		under: shape("M-80 -2Q-40 -14 40 -10Q84 -6 96 -18Q88 12 20 12Q-60 12 -80 -2Z", "#f6e9c6") + line("M-74 -1Q0 -6 88 -12", "#d8352f", 4),
	}),
	skateboarding: (): Gear => ({
		under:
			shape("M-58 -14Q-50 -6 -38 -6H38Q50 -6 58 -14L60 -9Q50 2 38 1H-38Q-50 2 -60 -9Z", "#b4482f") + disc(-30, 6, 7, "#2b2e33") + disc(30, 6, 7, "#2b2e33"),
	}),
	hockey: (): Gear => ({ over: line("M20 -92L58 -8", wood, 5) + line("M58 -8L80 -4", "#2b2e33", 7) + oval(100, -3, 11, 4.5, "#1b1d20") }),
	volleyball: (): Gear => ({
		over: disc(34, -222, 17, "#fbf7e6") + line("M18 -226Q36 -228 50 -216M22 -234Q28 -218 24 -208M34 -239Q46 -226 46 -210", "#2f6fd6", 3),
	}),
	archery: (): Gear => ({
		under: line("M52 -156Q82 -112 52 -68", wood, 5) + line("M52 -156L4 -112L52 -68", "#e9e4d6", 1.4),
		over: line("M2 -112H84", "#3b3f46", 2.6) + shape("M84 -117L96 -112L84 -107Z", "#6a7178") + line("M4 -116l-7 -3M4 -108l-7 3", "#d8352f", 2.6),
	}),
} satisfies Readonly<Record<string, (ink: Ink) => Gear>>;

export type GearName = keyof typeof gears;

/** The target of an archer, the goal of soccer and the like belong to the field, not to a hand: see the backgrounds. */
export function drawTarget(x: number, y: number, scale: number): string {
	return group(
		line("M-16 -40L-26 0M16 -40L26 0", wood, 5) +
			["#fdfbf3", "#26262b", "#2f6fd6", "#d8292f", "#f7d02c"].map((ring, index) => disc(0, -62, 40 - index * 8, ring)).join("") +
			times(2, (index) => line(`M${index * 9 - 4} ${-60 - index * 6}l-16 -6`, "#5a3a1c", 2.4)),
		`translate(${x} ${y}) scale(${scale})`,
	);
}
