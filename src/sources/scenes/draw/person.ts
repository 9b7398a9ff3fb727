import type { Ink } from "./ink.js";
import type { Point, Pose } from "./poses.js";
import { disc, fixed, line, oval, shape } from "./svg.js";

/** A person's body in a pose: limbs as thick lines, clothes, a head with a face. */

export interface Looks {
	readonly woman: boolean;
	/** Indices into the lists below. */
	readonly skin: number;
	readonly hair: number;
	/** Beard or moustache of men, hair style of women. */
	readonly style: number;
	readonly shirt: Ink;
	readonly trousers: Ink;
	readonly skirt: boolean;
	readonly shorts: boolean;
	readonly asleep: boolean;
	readonly hat?: "cap" | "helmet" | "beanie" | "chef" | undefined;
}

const skins = [
	{ main: "#f3c9a5", dark: "#d89f78" },
	{ main: "#e0a878", dark: "#bd8253" },
	{ main: "#b9794b", dark: "#945a33" },
	{ main: "#8b5733", dark: "#6a3f22" },
	{ main: "#5e3a24", dark: "#442817" },
];
const hairs = ["#2a1d16", "#5a3820", "#8a4f22", "#d9b25a", "#3b3b3f"];

const shoe = "#2c2d33";

/** What lies behind gear, and what is in front of it: the arm that holds it. */
export function drawPerson(pose: Pose, looks: Looks): { behind: string; front: string } {
	const skin = skins[looks.skin] ?? skins[0] ?? { main: "", dark: "" };
	const { neck, hip } = pose;
	const shoulder: Point = [neck[0], neck[1] + 8];
	const limb = (from: Point, [joint, end]: readonly [Point, Point], width: number, upper: string, lower: string): string =>
		line(`M${at(joint)}L${at(end)}`, lower, width - 1.5) + line(`M${at(from)}L${at(joint)}`, upper, width);
	const leg = (index: 0 | 1): string => {
		const [knee, foot] = pose.legs[index];
		const from: Point = [hip[0] + (index === 0 ? -5 : 5), hip[1]];
		const bare = looks.shorts || (looks.skirt && pose.upright === true);
		return limb(from, [knee, foot], 14, looks.trousers.main, bare ? skin.main : looks.trousers.main) + oval(foot[0] + 4, foot[1], 10, 5, shoe);
	};
	const arm = (index: 0 | 1): string => {
		const [elbow, hand] = pose.arms[index];
		const from: Point = [shoulder[0] + (index === 0 ? -11 : 11) * (pose.upright === true ? 1 : 0.5), shoulder[1]];
		return limb(from, [elbow, hand], 11, index === 0 ? looks.shirt.dark : looks.shirt.main, skin.main) + disc(hand[0], hand[1], 5.6, skin.main);
	};
	const skirt =
		looks.skirt && pose.upright === true
			? shape(
					`M${fixed(hip[0] - 13)} ${fixed(hip[1] - 6)}H${fixed(hip[0] + 13)}L${fixed(hip[0] + 25)} ${fixed(hip[1] + 34)}H${fixed(hip[0] - 25)}Z`,
					looks.trousers.main,
				)
			: "";
	const width = pose.upright === true ? 30 : 27;
	const torso =
		line(`M${fixed(neck[0])} ${fixed(neck[1] + 15)}L${fixed(hip[0])} ${fixed(hip[1] - 8)}`, looks.shirt.main, width) +
		line(`M${fixed(hip[0] - 4)} ${fixed(hip[1] + 1)}h8`, looks.trousers.main, width - 13);
	const throat = line(`M${at(neck)}L${at(shoulder)}`, skin.dark, 10);
	const body = arm(0) + (looks.woman ? backHair(pose.head, looks) : "") + leg(0) + leg(1) + torso + skirt + throat + drawHead(pose.head, looks);
	const front = arm(1);
	if (pose.turned !== true) return { behind: body, front };
	// Lying on the back, head to the left.
	const turn = "rotate(-90) translate(8 66)";
	return { behind: `<g transform="${turn}">${body}${front}</g>`, front: "" };
}

function at([x, y]: Point): string {
	return `${fixed(x)} ${fixed(y)}`;
}

function backHair([x, y]: Point, looks: Looks): string {
	const hair = hairs[looks.hair] ?? "";
	// A pony tail, or long hair down to the shoulders.
	return looks.style === 0
		? shape(
				`M${fixed(x - 10)} ${fixed(y - 6)}Q${fixed(x - 30)} ${fixed(y)} ${fixed(x - 26)} ${fixed(y + 26)}Q${fixed(x - 16)} ${fixed(y + 14)} ${fixed(x - 6)} ${fixed(y + 8)}Z`,
				hair,
			)
		: shape(
				`M${fixed(x - 17)} ${fixed(y - 4)}Q${fixed(x - 22)} ${fixed(y + 22)} ${fixed(x - 17)} ${fixed(y + 32)}H${fixed(x + 15)}Q${fixed(x + 22)} ${fixed(y + 20)} ${fixed(x + 17)} ${fixed(y - 4)}Z`,
				hair,
			);
}

function drawHead([x, y]: Point, looks: Looks): string {
	const skin = skins[looks.skin] ?? skins[0] ?? { main: "", dark: "" };
	const hair = hairs[looks.hair] ?? "";
	const eyes = looks.asleep
		? line(`M${fixed(x - 5)} ${fixed(y)}h5M${fixed(x + 4)} ${fixed(y)}h5`, "#2a2422", 1.6)
		: disc(x - 2, y - 1, 1.9, "#241f1d") + disc(x + 7, y - 1, 1.9, "#241f1d");
	const mouth = line(`M${fixed(x - 1)} ${fixed(y + 7)}q4 3.4 8 0`, looks.woman ? "#b8383f" : "#7a3a2c", 2);
	const beard =
		looks.woman || looks.style === 2
			? ""
			: looks.style === 0
				? shape(
						`M${fixed(x - 15)} ${fixed(y + 1)}Q${fixed(x - 12)} ${fixed(y + 20)} ${fixed(x + 3)} ${fixed(y + 19)}Q${fixed(x + 16)} ${fixed(y + 16)} ${fixed(x + 15)} ${fixed(y + 2)}Q${fixed(x + 4)} ${fixed(y + 8)} ${fixed(x - 15)} ${fixed(y + 1)}Z`,
						hair,
					)
				: line(`M${fixed(x - 2)} ${fixed(y + 4.5)}h10`, hair, 3);
	const top = shape(
		`M${fixed(x - 16)} ${fixed(y + 2)}Q${fixed(x - 19)} ${fixed(y - 18)} ${fixed(x)} ${fixed(y - 18)}Q${fixed(x + 17)} ${fixed(y - 18)} ${fixed(x + 15.5)} ${fixed(y - 4)}Q${fixed(x + 6)} ${fixed(y - 6)} ${fixed(x + 2)} ${fixed(y - 11)}Q${fixed(x - 6)} ${fixed(y - 6)} ${fixed(x - 10)} ${fixed(y - 5)}Z`,
		hair,
	);
	return disc(x, y, 15.5, skin.main) + disc(x - 12, y + 1, 3.4, skin.dark) + beard + eyes + mouth + top + hatOf([x, y], looks);
}

function hatOf([x, y]: Point, { hat, shirt }: Looks): string {
	const crown = `M${fixed(x - 17)} ${fixed(y - 5)}Q${fixed(x - 16)} ${fixed(y - 21)} ${fixed(x)} ${fixed(y - 21)}Q${fixed(x + 16)} ${fixed(y - 21)} ${fixed(x + 16)} ${fixed(y - 5)}Z`;
	switch (hat) {
		case "cap":
			return shape(crown, shirt.dark) + line(`M${fixed(x + 10)} ${fixed(y - 6)}h18`, shirt.dark, 4);
		case "helmet":
			return (
				shape(crown, "#3d4650") +
				line(`M${fixed(x - 16)} ${fixed(y - 5)}h32`, "#20252b", 3.4) +
				line(`M${fixed(x - 8)} ${fixed(y - 15)}q8 -4 14 -1`, "#8b97a3", 2.4)
			);
		case "beanie":
			return shape(crown, "#c2323a") + line(`M${fixed(x - 16)} ${fixed(y - 6)}h32`, "#f4efe4", 5) + disc(x, y - 23, 5, "#f4efe4");
		case "chef":
			return (
				shape(
					`M${fixed(x - 14)} ${fixed(y - 8)}V${fixed(y - 22)}Q${fixed(x - 28)} ${fixed(y - 36)} ${fixed(x - 8)} ${fixed(y - 38)}Q${fixed(x)} ${fixed(y - 48)} ${fixed(x + 10)} ${fixed(y - 38)}Q${fixed(x + 28)} ${fixed(y - 34)} ${fixed(x + 14)} ${fixed(y - 22)}V${fixed(y - 8)}Z`,
					"#fbfbf8",
				) + line(`M${fixed(x - 13)} ${fixed(y - 10)}h26`, "#cfd4d8", 3)
			);
		default:
			return "";
	}
}
