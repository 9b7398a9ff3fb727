import type { Ink } from "./ink.js";
import { disc, line, oval, rect, shape, times } from "./svg.js";

/** Animals, facing right, standing on (0, 0). */

const eye = "#17171a";

function legs(xs: readonly number[], height: number, width: number, fill: string, hoof: string): string {
	return xs.map((x) => rect(x, -height, width, height, fill, width / 3) + rect(x - 0.5, -4, width + 1, 4, hoof, 1.5)).join("");
}

export function drawDog({ main, dark, light }: Ink): string {
	return (
		line("M-34 -44Q-50 -52 -48 -68", dark, 7) +
		legs([-24, 24], 28, 9, dark, dark) +
		legs([-36, 12], 28, 10, main, dark) +
		rect(-40, -54, 74, 32, main, 15) +
		shape("M16 -50L26 -76L48 -58L34 -34Z", main) +
		oval(38, -66, 18, 15, main) +
		oval(54, -60, 13, 8.5, light) +
		disc(64, -64, 4.5, eye) +
		line("M50 -54Q57 -50 63 -55", dark, 1.6) +
		shape("M26 -78Q16 -74 18 -54Q26 -46 32 -58Q34 -70 34 -78Z", dark) +
		disc(44, -70, 2.8, eye) +
		rect(20, -50, 20, 6, "#c8202c", 3)
	);
}

export function drawCat({ main, dark, light }: Ink): string {
	return (
		line("M22 -6Q48 -4 42 -30Q38 -42 46 -48", main, 8) +
		shape("M-24 0Q-30 -30 -10 -46L12 -46Q30 -28 24 0Z", main) +
		oval(0, -14, 11, 14, light) +
		rect(-17, -12, 12, 12, main, 5) +
		rect(5, -12, 12, 12, main, 5) +
		shape("M-22 -62L-20 -88L-4 -74ZM22 -62L20 -88L4 -74Z", main) +
		shape("M-18 -68L-17 -81L-8 -73ZM18 -68L17 -81L8 -73Z", "#f2a7a7") +
		oval(0, -60, 23, 19, main) +
		oval(-9, -63, 4.2, 4.8, "#d9e86a") +
		oval(9, -63, 4.2, 4.8, "#d9e86a") +
		oval(-9, -63, 1.6, 4.2, eye) +
		oval(9, -63, 1.6, 4.2, eye) +
		shape("M-3 -56L3 -56L0 -52Z", "#e88a92") +
		line("M-8 -53L-26 -56M-8 -51L-25 -49M8 -53L26 -56M8 -51L25 -49", dark, 1)
	);
}

function equine(main: string, dark: string, mane: string, marks: string): string {
	return (
		line("M-50 -84Q-66 -72 -60 -40", mane, 9) +
		legs([-34, 32], 58, 10, dark, eye) +
		legs([-46, 20], 58, 11, main, eye) +
		rect(-54, -92, 100, 42, main, 20) +
		shape("M22 -86L44 -136L66 -126L50 -64Z", main) +
		shape("M42 -140L62 -142L92 -112Q92 -102 82 -104L58 -112Z", main) +
		shape("M46 -138L48 -154L56 -141Z", main) +
		marks +
		shape("M44 -142L22 -88L14 -88Q26 -128 38 -144Z", mane) +
		shape("M50 -142L64 -136L56 -146Z", mane) +
		disc(64, -130, 3, eye) +
		disc(86, -108, 1.8, eye)
	);
}

export function drawHorse({ main, dark }: Ink): string {
	return equine(main, dark, main === "#26262b" ? "#5d5d66" : "#2b1a10", "");
}

export function drawZebra(): string {
	const stripes = line(
		"M-40 -91L-44 -66M-28 -92L-31 -58M-15 -92L-17 -58M-2 -92L-3 -60M11 -92L12 -58M24 -90L27 -62M34 -108L50 -100M39 -120L56 -112M30 -96L46 -86M66 -137L62 -116M76 -128L70 -110M-41 -40L-35 -38M-41 -26L-35 -24M25 -40L31 -38M25 -26L31 -24",
		"#1d1d20",
		5,
	);
	return equine("#f5f4ef", "#c9c8c2", "#1d1d20", stripes);
}

export function drawCow({ main, dark, light }: Ink): string {
	return (
		line("M-54 -74Q-64 -60 -60 -36", dark, 4) +
		disc(-60, -34, 5, dark) +
		legs([-32, 34], 42, 11, dark, "#3a2a20") +
		legs([-46, 20], 42, 12, main, "#3a2a20") +
		rect(-56, -82, 108, 48, main, 16) +
		shape("M-40 -82Q-20 -82 -18 -66Q-26 -50 -42 -58Q-52 -72 -40 -82ZM2 -70Q20 -78 28 -62Q24 -42 8 -46Q-8 -58 2 -70Z", dark) +
		oval(-8, -34, 14, 8, "#f3a9b0") +
		shape("M42 -84Q40 -106 62 -106Q84 -106 84 -84L82 -66Q64 -56 48 -66Z", main) +
		oval(66, -68, 19, 12, "#f3b6b4") +
		disc(60, -68, 2.4, "#7a4a4a") +
		disc(73, -68, 2.4, "#7a4a4a") +
		shape("M44 -98L30 -94L42 -86ZM84 -98L98 -94L86 -86Z", dark) +
		line("M50 -106Q44 -116 48 -122M78 -106Q84 -116 80 -122", light === "#ffffff" ? "#cdb98c" : light, 5) +
		disc(56, -90, 3, eye) +
		disc(74, -90, 3, eye)
	);
}

export function drawSheep({ main, dark }: Ink): string {
	const wool = [
		[-34, -44, 18],
		[-18, -56, 19],
		[2, -58, 19],
		[22, -52, 18],
		[30, -38, 16],
		[14, -30, 18],
		[-8, -28, 18],
		[-28, -30, 17],
	] as const;
	return (
		legs([-24, 22], 24, 8, "#2d2a2c", eye) +
		legs([-32, 12], 24, 8, "#3f3b3d", eye) +
		wool.map(([x, y, radius]) => disc(x, y, radius + 1.6, dark)).join("") +
		wool.map(([x, y, radius]) => disc(x, y, radius, main)).join("") +
		oval(-2, -44, 32, 20, main) +
		oval(46, -54, 13, 17, "#3f3b3d") +
		oval(33, -58, 9, 5, "#2d2a2c") +
		disc(46, -70, 9, main) +
		disc(39, -68, 8, main) +
		disc(50, -58, 3, "#ffffff") +
		disc(51, -58, 1.6, eye)
	);
}

export function drawPig({ main, dark, light }: Ink): string {
	return (
		line("M-46 -42q-12 -2 -10 -10q4 -8 8 0q0 8 -12 4", dark, 3) +
		legs([-26, 24], 22, 10, dark, "#6b3a4c") +
		legs([-38, 12], 22, 11, main, "#6b3a4c") +
		oval(-2, -38, 47, 26, main) +
		oval(40, -46, 21, 20, main) +
		shape("M28 -62L30 -78L42 -66ZM46 -66L58 -76L56 -60Z", dark) +
		oval(58, -42, 9, 11, light) +
		oval(57, -46, 1.9, 2.6, dark) +
		oval(57, -38, 1.9, 2.6, dark) +
		disc(44, -52, 2.6, eye)
	);
}

export function drawRabbit({ main, dark, light }: Ink): string {
	return (
		disc(-26, -14, 9, light) +
		oval(-4, -18, 24, 18, main) +
		oval(-10, -6, 15, 7, dark) +
		rect(8, -10, 9, 10, main, 4) +
		oval(10, -66, 5.5, 20, dark) +
		oval(22, -66, 5.5, 20, main) +
		oval(22, -66, 2.6, 15, "#f2a7b4") +
		oval(18, -40, 15, 14, main) +
		disc(24, -44, 2.6, eye) +
		disc(32, -38, 2.4, "#e2798a")
	);
}

export function drawDuck({ main, dark }: Ink): string {
	return (
		line("M-4 -8V0h6M8 -8V0h6", "#e8821c", 3) +
		shape("M-44 -40Q-34 -34 -20 -36L8 -34L16 -26Q30 -6 0 -6Q-36 -6 -44 -40Z", main) +
		shape("M-24 -30Q-6 -34 6 -26Q0 -14 -14 -16Z", dark) +
		shape("M4 -32L8 -50L26 -50L22 -22Z", main) +
		disc(18, -54, 13, main) +
		shape("M28 -58L46 -52Q44 -46 28 -48Z", "#f08a1d") +
		disc(22, -58, 2.4, eye)
	);
}

export function drawCamel({ main, dark, light }: Ink): string {
	return (
		line("M-56 -84Q-66 -70 -62 -52", dark, 4) +
		legs([-34, 26], 62, 9, dark, eye) +
		legs([-46, 14], 62, 10, main, eye) +
		shape("M-58 -60Q-66 -92 -46 -92Q-34 -128 -20 -94Q-8 -94 -4 -94Q8 -130 22 -94Q44 -92 40 -56Z", main) +
		shape("M26 -66Q48 -66 50 -92L50 -128L66 -128L66 -84Q62 -46 30 -50Z", main) +
		shape("M48 -134Q50 -144 62 -142L86 -134Q92 -122 82 -120L56 -120Z", main) +
		disc(54, -142, 4, dark) +
		disc(66, -134, 2.6, eye) +
		line("M76 -124L86 -125", dark, 1.6) +
		shape("M-34 -108Q-30 -116 -26 -110L-22 -98L-38 -98ZM6 -110Q12 -116 16 -110L20 -98L2 -98Z", light)
	);
}

export function drawElephant({ main, dark, light }: Ink): string {
	return (
		line("M-66 -84Q-78 -66 -74 -46", dark, 5) +
		legs([-42, 26], 46, 20, dark, light) +
		legs([-62, 6], 46, 22, main, light) +
		shape("M-70 -44Q-76 -112 -10 -114Q46 -114 48 -62L44 -36H-66Z", main) +
		oval(56, -92, 30, 30, main) +
		line("M78 -86Q96 -60 86 -34Q82 -20 96 -18", main, 15) +
		shape("M70 -66Q84 -54 98 -62Q90 -46 72 -54Z", "#fdf8e8") +
		shape("M44 -118Q10 -120 16 -82Q22 -58 40 -64Q54 -80 52 -106Z", dark) +
		disc(66, -98, 3.4, eye)
	);
}

export function drawGiraffe(): string {
	const coat = "#edbe5b";
	const spots = [
		[-34, -88],
		[-18, -76],
		[-36, -70],
		[-2, -88],
		[12, -76],
		[-12, -92],
		[30, -106],
		[38, -128],
		[46, -150],
		[34, -90],
		[52, -172],
	] as const;
	return (
		line("M-48 -90Q-58 -74 -54 -54", "#a5702a", 3) +
		disc(-54, -52, 4, "#4a2d14") +
		legs([-34, 20], 66, 8, "#c99a41", "#4a2d14") +
		legs([-44, 10], 66, 9, coat, "#4a2d14") +
		shape("M-50 -64Q-54 -92 -38 -94L24 -102L54 -184L70 -178L46 -66Q30 -56 -40 -58Z", coat) +
		spots.map(([x, y]) => oval(x, y, 6, 5, "#a05f22")).join("") +
		shape("M52 -190Q58 -200 68 -196L94 -180Q94 -170 84 -172L58 -174Z", coat) +
		line("M58 -196V-208M66 -197V-208", "#a5702a", 3.4) +
		times(2, (index) => disc(58 + index * 8, -210, 3.4, "#4a2d14")) +
		shape("M54 -190L40 -192L52 -182Z", coat) +
		disc(70, -188, 2.8, eye)
	);
}
