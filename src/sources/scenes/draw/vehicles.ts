import type { Ink } from "./ink.js";
import { disc, line, oval, rect, shape, times } from "./svg.js";

/** What carries people, facing right, standing on (0, 0). */

const tire = "#232327";
const pane = "#cfeaf5";

function wheel(x: number, radius: number): string {
	return disc(x, -radius, radius, tire) + disc(x, -radius, radius * 0.5, "#c3c9ce") + disc(x, -radius, radius * 0.18, tire);
}

export function drawCar({ main, dark }: Ink): string {
	return (
		shape("M-44 -40L-28 -66Q-26 -70 -20 -70H20Q26 -70 30 -66L50 -42Z", main) +
		shape("M-34 -42L-22 -62H-4V-42ZM2 -42V-62H20L38 -42Z", pane) +
		shape("M-82 -18Q-86 -42 -66 -44L60 -44Q86 -40 86 -18Q84 -14 78 -14H-76Q-82 -14 -82 -18Z", main) +
		rect(-84, -22, 170, 7, dark, 3) +
		rect(76, -38, 9, 8, "#ffe9a3", 3) +
		rect(-85, -36, 6, 9, "#a81a1f", 2) +
		line("M-1 -42V-22", dark, 1.6) +
		rect(6, -37, 11, 3, dark, 1) +
		wheel(-48, 17) +
		wheel(50, 17)
	);
}

export function drawBus({ main, dark }: Ink): string {
	return (
		rect(-112, -104, 224, 90, main, 12) +
		rect(-112, -46, 224, 7, dark) +
		times(5, (index) => rect(-102 + index * 34, -94, 28, 36, pane, 4)) +
		rect(70, -94, 26, 76, "#3a3f46", 3) +
		rect(72, -92, 10, 72, pane, 2) +
		rect(84, -92, 10, 72, pane, 2) +
		rect(102, -94, 10, 40, pane, 3) +
		rect(104, -34, 8, 9, "#ffe9a3", 2) +
		rect(-112, -24, 224, 10, dark, 4) +
		wheel(-66, 19) +
		wheel(50, 19)
	);
}

export function drawTruck({ main, dark, light }: Ink): string {
	return (
		rect(-106, -24, 200, 10, "#3a3f46", 2) +
		rect(-106, -104, 140, 82, main, 4) +
		times(6, (index) => line(`M${-90 + index * 22} -98V-28`, dark, 2)) +
		rect(-106, -104, 140, 8, light, 3) +
		shape("M40 -84H72Q80 -84 86 -70L98 -46V-20H40Z", main) +
		shape("M50 -76H70Q74 -76 78 -66L86 -48H50Z", pane) +
		rect(88, -38, 9, 9, "#ffe9a3", 2) +
		rect(40, -26, 60, 8, dark, 2) +
		wheel(-74, 18) +
		wheel(-30, 18) +
		wheel(68, 18)
	);
}

export function drawTractor({ main, dark }: Ink): string {
	return (
		rect(60, -92, 7, 34, "#3a3f46", 2) +
		rect(0, -62, 84, 30, main, 6) +
		times(4, (index) => rect(66 + index * 4, -56, 2, 18, dark)) +
		shape("M-46 -112H8L16 -60V-34H-46Z", dark) +
		shape("M-38 -104H2L8 -62H-38Z", pane) +
		rect(-54, -118, 72, 9, main, 4) +
		shape("M-72 -40A38 38 0 0 1 4 -40Z", main) +
		rect(-20, -40, 80, 12, dark, 3) +
		disc(-34, -36, 36, tire) +
		disc(-34, -36, 21, "#e4c243") +
		disc(-34, -36, 7, tire) +
		disc(62, -21, 21, tire) +
		disc(62, -21, 11, "#e4c243") +
		disc(62, -21, 4, tire)
	);
}

export function drawBicycle({ main }: Ink): string {
	const rim = (x: number): string =>
		`<circle cx="${x}" cy="-26" r="24" fill="none" stroke="${tire}" stroke-width="4.5"/>` +
		line(`M${x - 22} -26H${x + 22}M${x} -48V-4M${x - 15} -41L${x + 15} -11M${x + 15} -41L${x - 15} -11`, "#9aa0a6", 1);
	return (
		rim(-42) +
		rim(42) +
		line("M-42 -26L-4 -26L26 -62L-18 -62L-4 -26M-42 -26L-18 -62L-22 -72M42 -26L24 -74", main, 5) +
		line("M24 -74L34 -80M24 -74L16 -78", "#3a3f46", 5) +
		shape("M-34 -76Q-22 -80 -10 -75L-14 -70H-28Z", "#3a3f46") +
		disc(-4, -26, 7, "#3a3f46") +
		line("M-4 -26L4 -14M0 -13H9", "#3a3f46", 3)
	);
}

export function drawAirplane({ main, dark, light }: Ink): string {
	return (
		shape("M-12 -30L-44 -62H-26L16 -32Z", dark) +
		shape("M-92 -32L-100 -62H-82L-62 -34Z", main) +
		shape("M-94 -32Q-88 -46 -50 -46H56Q92 -44 98 -28Q92 -16 60 -16H-40Q-80 -16 -94 -32Z", light) +
		shape("M-94 -32Q-80 -26 -40 -24H97Q90 -16 60 -16H-40Q-80 -16 -94 -32Z", main) +
		shape("M78 -42Q90 -38 95 -31H76Z", "#3f5564") +
		times(8, (index) => disc(-44 + index * 14, -35, 3.4, "#3f5564")) +
		shape("M8 -24L-36 6H-14L44 -22Z", dark) +
		rect(-14, -8, 24, 9, "#8c9096", 4)
	);
}

export function drawBalloon({ main, dark, light }: Ink): string {
	return (
		line("M-22 -44L-11 -20M22 -44L11 -20M0 -40V-20", "#5a4632", 1.8) +
		rect(-13, -22, 26, 20, "#9b6a36", 4) +
		line("M-12 -15H12M-12 -8H12", "#6d4420", 1.6) +
		shape("M0 -158C-68 -158 -64 -82 -18 -42H18C64 -82 68 -158 0 -158Z", main) +
		shape("M0 -158C-38 -156 -38 -84 -10 -42H10C38 -84 38 -156 0 -158Z", light) +
		shape("M0 -158C-14 -152 -16 -84 -4 -42H4C16 -84 14 -152 0 -158Z", main) +
		rect(-19, -46, 38, 6, dark, 2)
	);
}

export function drawSailboat({ main, dark, light }: Ink): string {
	return (
		line("M-4 -20V-152", "#6d4420", 5) +
		shape("M2 -150Q52 -92 62 -34H2Z", light) +
		shape("M-10 -140Q-44 -84 -52 -34H-10Z", "#fbfaf4") +
		line("M2 -96Q30 -94 38 -92M2 -64Q40 -62 54 -60", dark, 1.6) +
		shape("M-72 -26H78Q70 0 46 2H-46Q-66 0 -72 -26Z", main) +
		rect(-72, -27, 150, 6, dark, 2) +
		shape("M-4 -152L-26 -146L-4 -140Z", dark)
	);
}

export function drawHelicopter({ main, dark }: Ink): string {
	return (
		rect(-6, -82, 6, 14, "#3a3f46") +
		rect(-84, -86, 162, 5, "#3a3f46", 2) +
		shape("M-22 -52L-96 -56L-98 -48L-20 -34Z", dark) +
		shape("M-96 -52L-108 -74H-96L-86 -54Z", main) +
		oval(6, -42, 44, 27, main) +
		shape("M14 -64Q46 -62 50 -40Q48 -34 14 -34Z", pane) +
		line("M-34 -2H44M-14 -18L-18 -2M22 -18L26 -2", "#3a3f46", 4)
	);
}
