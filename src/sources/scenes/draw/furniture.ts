import type { Ink } from "./ink.js";
import { disc, line, oval, rect, shape, times } from "./svg.js";

/** What stands in rooms, and benches, on (0, 0). Tops are where the list of kinds says that things can stand. */

export function drawTable({ main, dark }: Ink): string {
	return (
		rect(-74, -66, 10, 62, dark, 2) +
		rect(64, -66, 10, 62, dark, 2) +
		rect(-90, -62, 12, 62, main, 2) +
		rect(78, -62, 12, 62, main, 2) +
		rect(-86, -66, 172, 12, dark, 2) +
		shape("M-82 -84H82L100 -70H-100Z", main) +
		rect(-100, -71, 200, 8, main, 2) +
		line("M-100 -63H100", dark, 2)
	);
}

export function drawChair({ main, dark }: Ink): string {
	return (
		rect(-26, -100, 7, 100, dark, 2) +
		rect(-26, -100, 52, 12, main, 3) +
		rect(-26, -82, 52, 9, main, 3) +
		rect(19, -100, 7, 100, dark, 2) +
		shape("M-26 -54H26L32 -44H-32Z", main) +
		rect(-32, -45, 64, 6, dark, 2) +
		rect(-31, -40, 8, 40, main, 2) +
		rect(23, -40, 8, 40, main, 2)
	);
}

export function drawSofa({ main, dark, light }: Ink): string {
	return (
		rect(-96, -10, 12, 10, "#3c2a1c", 2) +
		rect(84, -10, 12, 10, "#3c2a1c", 2) +
		rect(-94, -86, 188, 66, main, 14) +
		rect(-94, -50, 188, 4, dark) +
		line("M0 -84V-50", dark, 2) +
		rect(-82, -48, 80, 22, light, 6) +
		rect(2, -48, 80, 22, light, 6) +
		rect(-100, -28, 200, 20, dark, 6) +
		rect(-112, -62, 30, 54, main, 12) +
		rect(82, -62, 30, 54, main, 12) +
		line("M-84 -54V-10M84 -54V-10", dark, 2)
	);
}

export function drawBed({ main, dark, light }: Ink): string {
	return (
		rect(-118, -84, 14, 84, "#7a4d26", 4) +
		rect(110, -50, 10, 50, "#7a4d26", 4) +
		rect(-110, -30, 224, 18, "#94602f", 2) +
		rect(-106, -46, 218, 20, "#fdfcf7", 6) +
		rect(-104, -62, 52, 20, "#fdfcf7", 9) +
		line("M-98 -44H-58", "#c9cdd1", 2) +
		shape("M-44 -54Q-40 -58 -34 -58H104Q114 -58 114 -46V-18H-44Z", main) +
		rect(-46, -56, 16, 38, light, 3) +
		line("M-20 -18H112", dark, 2)
	);
}

export function drawBookcase({ main, dark }: Ink): string {
	const spines = ["#b8332e", "#2f6fa8", "#3d8a4d", "#e0b23a", "#6d4a8c", "#d9d3c4", "#333840"];
	const shelf = (y: number, offset: number): string =>
		times(11, (index) => {
			const height = 28 - ((index * 7 + offset * 3) % 4) * 3;
			return index === 4 + offset ? "" : rect(-46 + index * 8.4, y - height, 7, height, spines[(index * 3 + offset * 2) % 7] ?? "", 1);
		});
	return (
		rect(-54, -164, 108, 164, main, 3) +
		[-118, -66, -14].map((y, row) => rect(-47, y - 40, 94, 40, dark) + shelf(y, row)).join("") +
		rect(-54, -118, 108, 6, main) +
		rect(-54, -66, 108, 6, main)
	);
}

export function drawFridge({ main, dark }: Ink): string {
	return (
		rect(-40, -164, 80, 162, main, 7) +
		line("M-40 -108H40", dark, 3) +
		rect(24, -148, 6, 28, dark, 3) +
		rect(24, -98, 6, 40, dark, 3) +
		rect(-34, -4, 12, 5, "#2b2b2f") +
		rect(22, -4, 12, 5, "#2b2b2f") +
		line("M-40 -150V-12", dark, 2)
	);
}

export function drawStove({ main, dark }: Ink): string {
	return (
		rect(-46, -88, 92, 88, main, 4) +
		rect(-46, -104, 92, 16, dark, 3) +
		times(4, (index) => disc(-30 + index * 20, -96, 4.5, "#f2f2ef") + rect(-30.8 + index * 20, -100, 1.6, 5, "#2b2b2f")) +
		oval(-22, -90, 17, 3.6, "#2b2b2f") +
		oval(22, -90, 17, 3.6, "#2b2b2f") +
		rect(-36, -60, 72, 42, "#26282d", 5) +
		rect(-28, -52, 56, 26, "#5a3d22", 3) +
		rect(-34, -74, 68, 5, "#d5d9dd", 2)
	);
}

export function drawBathtub({ main, dark, light }: Ink): string {
	return (
		disc(-66, -5, 7, "#b79a4a") +
		disc(66, -5, 7, "#b79a4a") +
		shape("M-92 -56H92Q90 -8 56 -6H-56Q-90 -8 -92 -56Z", main) +
		rect(-102, -64, 204, 11, light, 5) +
		line("M-100 -53H100", dark, 2) +
		line("M76 -64V-92Q76 -100 66 -100Q58 -100 58 -92", "#9aa4ad", 6) +
		[
			[-60, -66, 9],
			[-46, -70, 12],
			[-30, -68, 10],
			[-12, -71, 12],
			[4, -68, 9],
		]
			.map(([x = 0, y = 0, r = 0]) => disc(x, y, r, "#e8f6fc") + disc(x - 2, y - 3, r * 0.4, "#ffffff"))
			.join("")
	);
}

export function drawToilet({ dark }: Ink): string {
	const white = "#f7f8f8";
	return (
		rect(-30, -84, 24, 48, white, 5) +
		rect(-33, -90, 30, 8, "#dfe3e6", 3) +
		rect(-33, -76, 6, 4, dark, 1) +
		shape("M-20 -42H36Q38 -20 14 -14L16 0H-14L-12 -14Q-22 -22 -20 -42Z", white) +
		rect(-22, -48, 62, 8, "#dfe3e6", 4) +
		line("M-14 -38Q4 -22 30 -38", "#dfe3e6", 3)
	);
}

export function drawSink({ dark }: Ink): string {
	const white = "#f4f6f7";
	return (
		rect(-11, -56, 22, 56, "#e3e7ea", 5) +
		shape("M-46 -84H46Q42 -52 14 -50H-14Q-42 -52 -46 -84Z", white) +
		rect(-50, -88, 100, 9, "#dfe3e6", 4) +
		line("M0 -88V-104Q0 -110 10 -110Q18 -110 18 -102", "#8d99a4", 6) +
		disc(-14, -93, 4, dark)
	);
}

export function drawFloorLamp({ main, dark, light }: Ink): string {
	return (
		oval(0, -3, 22, 5, "#3a3f46") +
		line("M0 -4V-116", "#3a3f46", 4) +
		shape("M-18 -152H18L32 -108H-32Z", main) +
		rect(-32, -112, 64, 5, dark, 2) +
		oval(0, -105, 20, 4, light)
	);
}

export function drawWardrobe({ main, dark }: Ink): string {
	return (
		rect(-58, -166, 116, 162, main, 4) +
		rect(-63, -172, 126, 10, dark, 3) +
		line("M0 -160V-10M-50 -154V-18H-8V-154ZM8 -154V-18H50V-154Z", dark, 2) +
		disc(-6, -84, 3.4, "#e3c04a") +
		disc(6, -84, 3.4, "#e3c04a") +
		rect(-56, -6, 12, 6, dark) +
		rect(44, -6, 12, 6, dark)
	);
}

export function drawBench({ main, dark }: Ink): string {
	return (
		rect(-72, -36, 9, 36, dark, 2) +
		rect(63, -36, 9, 36, dark, 2) +
		rect(-66, -80, 6, 48, dark, 2) +
		rect(60, -80, 6, 48, dark, 2) +
		rect(-84, -80, 168, 14, main, 3) +
		rect(-84, -60, 168, 12, main, 3) +
		shape("M-80 -42H80L88 -32H-88Z", main) +
		rect(-88, -33, 176, 6, dark, 2)
	);
}

export function drawWindow(_ink: Ink): string {
	return (
		rect(-46, -104, 92, 104, "#fbfaf5", 3) +
		rect(-39, -97, 78, 90, "#aadcf2") +
		shape("M-39 -28Q-18 -46 4 -30T39 -32V-7H-39Z", "#86bf74") +
		disc(20, -78, 9, "#fff3b0") +
		rect(-2.5, -97, 5, 90, "#fbfaf5") +
		rect(-39, -54, 78, 5, "#fbfaf5") +
		rect(-50, -3, 100, 7, "#e4dccb", 2)
	);
}

export function drawCurtain({ main, dark }: Ink): string {
	return (
		line("M-72 -122H72", "#6d4420", 5) +
		shape("M-66 -120H-22Q-28 -60 -46 0H-66Z", main) +
		shape("M66 -120H22Q28 -60 46 0H66Z", main) +
		line("M-54 -118Q-56 -60 -58 -2M-38 -118Q-42 -60 -52 -4M54 -118Q56 -60 58 -2M38 -118Q42 -60 52 -4", dark, 1.2)
	);
}

export function drawRug({ main, dark }: Ink): string {
	return shape("M-92 -30H92L116 0H-116Z", main) + line("M-92 -30H92L116 0H-116Z", dark, 3) + line("M-84 -26H84L102 -4H-102Z", dark, 1);
}

export function drawMirror({ dark }: Ink): string {
	return rect(-32, -86, 64, 84, dark, 30) + rect(-26, -80, 52, 72, "#cde6ee", 24) + shape("M-18 -30L8 -72L18 -66L-8 -20Z", "#f2fbff");
}

export function drawPainting({ main, dark, light }: Ink): string {
	return (
		rect(-42, -62, 84, 62, "#8a5a2a", 2) + rect(-35, -55, 70, 48, light) + shape("M-35 -20L-12 -42L4 -22L16 -34L35 -14V-7H-35Z", main) + disc(18, -44, 6, dark)
	);
}

export function drawBlackboard(): string {
	return (
		rect(-106, -112, 212, 108, "#9a6a38", 3) +
		rect(-98, -104, 196, 92, "#28543f") +
		line("M-80 -84L-52 -84L-66 -58ZM-30 -60V-88L-6 -60V-88", "#e9f2ea", 2.4) +
		`<circle cx="38" cy="-72" r="16" fill="none" stroke="#e9f2ea" stroke-width="2.4"/>` +
		line("M-82 -34H20M-82 -24H-20M64 -86V-56M52 -70H78", "#b9d0c0", 2.4) +
		rect(-98, -6, 196, 6, "#7a4d26")
	);
}
