import type { Ink } from "./ink.js";
import { disc, line, oval, rect, shape, times } from "./svg.js";

/** What grows, stands and lies outdoors, on (0, 0). */

export function drawTree(_ink: Ink, variant: number): string {
	const [leaf = "", shade = "", lit = ""] =
		[
			["#4b9b49", "#34753a", "#74bb62"],
			["#3f8a5a", "#2a6444", "#69ab7a"],
			["#6fa63b", "#4d7d28", "#97c55f"],
		][variant % 3] ?? [];
	return (
		shape("M-9 0L-7 -62H7L9 0Z", "#7a5230") +
		line("M-2 -50L-20 -72M2 -46L20 -70", "#7a5230", 6) +
		disc(-26, -84, 30, shade) +
		disc(28, -86, 30, shade) +
		disc(0, -112, 36, leaf) +
		disc(-16, -88, 28, leaf) +
		disc(20, -92, 26, leaf) +
		disc(-8, -122, 16, lit) +
		disc(18, -106, 9, lit)
	);
}

export function drawPine(_ink: Ink, variant: number): string {
	const [leaf = "", shade = ""] =
		[
			["#2f7a4f", "#215a3a"],
			["#3a7350", "#28543a"],
		][variant % 2] ?? [];
	return (
		rect(-6, -22, 12, 22, "#6b4423") +
		shape("M-44 -20L0 -80L44 -20Z", shade) +
		shape("M-37 -54L0 -112L37 -54Z", leaf) +
		shape("M-28 -90L0 -146L28 -90Z", shade) +
		shape("M0 -146L28 -90H0ZM0 -112L37 -54H0Z", "#00000018")
	);
}

export function drawPalm(_ink: Ink, variant: number): string {
	const frond = (path: string): string => shape(path, variant % 2 === 0 ? "#3f9a4c" : "#4fa83f");
	return (
		line("M-4 0Q-14 -60 8 -124", "#8a6236", 11) +
		line("M-14 -20H-4M-14 -40H-3M-12 -60H-1M-8 -80H3M-3 -100H8", "#6d4a26", 1.6) +
		frond("M8 -126Q-34 -152 -58 -108Q-30 -126 8 -122Z") +
		frond("M8 -126Q-20 -172 -54 -152Q-24 -148 8 -122Z") +
		frond("M8 -126Q50 -156 72 -112Q46 -128 8 -122Z") +
		frond("M8 -126Q36 -174 66 -156Q38 -148 8 -122Z") +
		frond("M8 -126Q-10 -96 -26 -88Q-16 -110 4 -126ZM8 -126Q30 -100 46 -92Q30 -116 12 -126Z") +
		disc(2, -118, 6, "#6d4420") +
		disc(14, -116, 6, "#6d4420")
	);
}

export function drawCactus(): string {
	return (
		line("M-34 -70V-52Q-34 -40 -18 -40H0M34 -88V-66Q34 -54 18 -54H0", "#3c8a4a", 15) +
		rect(-12, -118, 24, 118, "#46994f", 12) +
		line("M-4 -104V-4M5 -104V-4", "#2d6d38", 1.8) +
		disc(0, -120, 5, "#e85a8a")
	);
}

export function drawBush(_ink: Ink, variant: number): string {
	const [leaf = "", lit = ""] =
		[
			["#46874a", "#6aa85c"],
			["#578f3a", "#7fb05a"],
		][variant % 2] ?? [];
	return (
		disc(-28, -16, 19, leaf) +
		disc(28, -17, 19, leaf) +
		disc(0, -26, 27, leaf) +
		rect(-44, -16, 88, 16, leaf, 8) +
		disc(-10, -34, 9, lit) +
		disc(20, -24, 6, lit)
	);
}

export function drawFlower(ink: Ink): string {
	return (
		line("M0 0Q-4 -22 0 -46", "#3f8a3c", 4) +
		shape("M-1 -10Q-22 -30 -26 -12Q-16 -2 -1 -10ZM-1 -18Q20 -36 24 -20Q14 -8 -1 -18Z", "#4fa84b") +
		[
			[-12, -4],
			[12, -4],
			[-7, -14],
			[7, -14],
			[-8, 8],
			[8, 8],
		]
			.map(([dx = 0, dy = 0]) => disc(dx, dy - 50, 10, ink.main))
			.join("") +
		disc(0, -51, 8.5, ink.main === "#f7d02c" ? "#8a4b1d" : "#fbe36a")
	);
}

export function drawRock(): string {
	return (
		shape("M-44 0Q-48 -24 -28 -36Q-8 -48 16 -38Q42 -30 44 0Z", "#8d8a86") +
		shape("M-28 -36Q-8 -48 16 -38L2 -22L-22 -20Z", "#b0ada8") +
		line("M2 -22L14 -4M-22 -20L-30 -2", "#6c6a66", 2)
	);
}

export function drawHouse({ main, dark }: Ink, variant: number): string {
	const roof = ["#a8402f", "#5b6672", "#7b4a2a"][variant % 3] ?? "#a8402f";
	return (
		rect(38, -166, 18, 40, "#8c5a48") +
		rect(-78, -96, 156, 96, main, 2) +
		shape("M-92 -94L0 -160L92 -94Z", roof) +
		line("M-92 -94H92", dark, 4) +
		rect(-14, -56, 30, 56, "#5a3a24", 2) +
		disc(10, -28, 2.6, "#e9c64c") +
		[-62, 32]
			.map(
				(x) =>
					rect(x - 3, -76, 36, 36, "#fbf8ef", 2) + rect(x, -73, 30, 30, "#9fd3ea") + rect(x + 13.5, -73, 3, 30, "#fbf8ef") + rect(x, -59.5, 30, 3, "#fbf8ef"),
			)
			.join("")
	);
}

export function drawBarn({ main, dark }: Ink): string {
	return (
		shape("M-90 0V-84L-58 -128L0 -150L58 -128L90 -84V0Z", main) +
		line("M-94 -82L-60 -130L0 -153L60 -130L94 -82", "#f3ede0", 7) +
		rect(-30, -66, 60, 66, dark) +
		line("M-30 -66H30V0H-30ZM-30 -66L30 0M30 -66L-30 0", "#f3ede0", 4) +
		rect(-14, -114, 28, 26, "#2e2a2a", 2) +
		line("M-14 -114H14V-88H-14Z", "#f3ede0", 3)
	);
}

export function drawTent({ main, dark, light }: Ink): string {
	return (
		shape("M-72 0L-8 -84L70 0Z", main) +
		shape("M-8 -84L-30 0H22Z", dark) +
		shape("M-8 -84L-30 0L-16 0Z", light) +
		line("M-72 0L-90 6M70 0L86 6M-8 -84L-8 -92", "#4a3a2a", 3)
	);
}

export function drawLamppost({ dark }: Ink): string {
	return (
		rect(-10, -8, 20, 8, dark, 2) +
		rect(-4, -140, 8, 134, dark, 2) +
		shape("M-14 -170H14L10 -142H-10Z", "#ffe9a8") +
		rect(-17, -175, 34, 7, dark, 2) +
		rect(-12, -144, 24, 5, dark, 2)
	);
}

export function drawTrafficLight(): string {
	return (
		rect(-4, -104, 8, 104, "#44484e", 2) +
		rect(-15, -170, 30, 72, "#2c2f34", 6) +
		disc(0, -156, 9, "#e23a34") +
		disc(0, -134, 9, "#5c4a1c") +
		disc(0, -112, 9, "#1d4a2a")
	);
}

export function drawHydrant({ main, dark }: Ink): string {
	return (
		rect(-18, -8, 36, 8, dark, 2) +
		rect(-13, -48, 26, 42, main, 3) +
		rect(-24, -38, 48, 12, main, 4) +
		rect(-17, -52, 34, 7, dark, 3) +
		shape("M-13 -52Q-12 -68 0 -70Q12 -68 13 -52Z", main) +
		disc(0, -32, 7, dark) +
		rect(-3, -75, 6, 7, dark, 1)
	);
}

export function drawMailbox({ main, dark }: Ink): string {
	return (
		rect(-4, -50, 8, 50, "#7a4d26") +
		shape("M-28 -48V-70Q-28 -86 -12 -86H16Q32 -86 32 -70V-48Z", main) +
		shape("M-28 -48V-70Q-28 -86 -14 -86Q0 -86 0 -70V-48Z", dark) +
		rect(20, -100, 4, 26, "#b9bdc2") +
		rect(20, -102, 14, 10, "#e6b52c")
	);
}

export function drawTrashCan({ main, dark }: Ink): string {
	return (
		shape("M-24 -58H24L19 0H-19Z", main) + rect(-28, -66, 56, 9, dark, 3) + rect(-8, -72, 16, 7, dark, 2) + line("M-11 -50L-9 -8M0 -50V-8M11 -50L9 -8", dark, 3)
	);
}

export function drawSnowman({ main }: Ink): string {
	return (
		disc(0, -28, 30, "#f4f9fd") +
		disc(0, -68, 22, "#fbfdff") +
		disc(0, -100, 16, "#fbfdff") +
		line("M-20 -72L-42 -88M20 -72L42 -90", "#6d4420", 3.4) +
		rect(-19, -88, 38, 8, main, 4) +
		rect(8, -86, 8, 24, main, 3) +
		rect(-13, -128, 26, 20, "#2b2d33", 2) +
		rect(-20, -112, 40, 5, "#2b2d33", 2) +
		shape("M0 -101L20 -97L0 -95Z", "#f58a1f") +
		times(2, (index) => disc(-5 + index * 10, -105, 2.2, "#22242a")) +
		times(3, (index) => disc(0, -76 + index * 13, 2.4, "#22242a"))
	);
}

export function drawLighthouse({ main }: Ink): string {
	return (
		shape("M-24 0L-15 -126H15L24 0Z", "#f8f6ef") +
		shape("M-22 -30L-20 -58H20L22 -30ZM-18 -82L-16 -108H16L18 -82Z", main) +
		rect(-20, -132, 40, 7, "#3a3f46", 2) +
		rect(-12, -152, 24, 21, "#ffe9a8") +
		line("M-12 -152V-131M0 -152V-131M12 -152V-131", "#3a3f46", 2) +
		shape("M-16 -151L0 -170L16 -151Z", main) +
		rect(-7, -20, 14, 20, "#5a3a24", 6)
	);
}

export function drawWindmill({ main, dark }: Ink): string {
	return (
		shape("M-28 0L-18 -110H18L28 0Z", main) +
		shape("M-22 -108L0 -132L22 -108Z", dark) +
		rect(-8, -26, 16, 26, "#5a3a24", 7) +
		rect(-6, -70, 12, 12, "#9fd3ea", 2) +
		line("M0 -108L-52 -150M0 -108L52 -66M0 -108L-44 -58M0 -108L44 -158", "#5f4a33", 4) +
		shape("M-8 -112L-42 -152L-54 -144L-14 -106ZM8 -104L42 -64L54 -72L14 -110ZM-4 -102L-46 -70L-38 -56L4 -98ZM4 -114L46 -146L38 -160L-4 -118Z", "#f7f1e0")
	);
}

export function drawParasol({ main, dark }: Ink): string {
	return (
		rect(-3, -130, 6, 130, "#c9b48a", 2) +
		shape("M-66 -104Q0 -184 66 -104Q50 -114 33 -104Q16 -114 0 -104Q-16 -114 -33 -104Q-50 -114 -66 -104Z", main) +
		line("M0 -144Q-24 -128 -33 -104M0 -144Q24 -128 33 -104", dark, 1.8) +
		disc(0, -146, 4, dark)
	);
}

export function drawSandcastle(): string {
	const sand = "#dcb268";
	return (
		rect(-40, -30, 80, 30, sand) +
		rect(-44, -52, 24, 52, "#d2a557") +
		rect(20, -52, 24, 52, "#d2a557") +
		rect(-12, -64, 24, 40, sand) +
		[-44, -12, 20].map((x, index) => times(3, (notch) => rect(x + notch * 9, (index === 1 ? -64 : -52) - 6, 6, 7, index === 1 ? sand : "#d2a557"))).join("") +
		line("M0 -68V-92", "#6d4420", 2.4) +
		shape("M0 -92L20 -86L0 -79Z", "#d8352f") +
		shape("M-9 0V-12Q0 -24 9 -12V0Z", "#8f6a30")
	);
}

export function drawBall({ main, dark, light }: Ink): string {
	return (
		disc(0, -20, 20, main) +
		shape("M0 -40Q-16 -20 0 0Q-28 2 -20 -28Q-14 -40 0 -40ZM0 -40Q18 -22 0 0Q8 0 14 -6Q24 -18 16 -32Q10 -40 0 -40Z", light) +
		oval(-7, -29, 4, 5, "#ffffff") +
		`<circle cx="0" cy="-20" r="19.5" fill="none" stroke="${dark}" stroke-width="1.4"/>`
	);
}

export function drawBucket({ main, dark }: Ink): string {
	return line("M-20 -40Q0 -66 20 -40", "#9aa0a6", 2.6) + shape("M-22 -40H22L16 0H-16Z", main) + oval(0, -40, 22, 5, dark) + rect(-20, -28, 40, 5, dark);
}

export function drawFence({ main, dark }: Ink): string {
	return (
		rect(-100, -44, 200, 8, dark, 2) +
		rect(-100, -22, 200, 8, dark, 2) +
		times(8, (index) => shape(`M${-98 + index * 27} 0V-56L${-91 + index * 27} -66L${-84 + index * 27} -56V0Z`, main))
	);
}

export function drawHayBale(): string {
	return rect(-44, -46, 88, 46, "url(#m-straw)", 8) + line("M-20 -46V0M20 -46V0", "#8a6420", 2.4);
}

export function drawKite({ main, dark, light }: Ink): string {
	return (
		line("M0 -10Q16 14 2 30Q-12 46 6 62", dark, 2) +
		shape("M2 26l-12 -7v12ZM2 26l12 -5v12ZM-2 46l-10 -7v12ZM-2 46l12 -4v11Z", light) +
		shape("M0 -84L32 -50L0 -8L-32 -50Z", main) +
		shape("M0 -84L32 -50H0ZM0 -50V-8L-32 -50Z", "#ffffff55") +
		line("M0 -84V-8M-32 -50H32", dark, 1.8)
	);
}

export function drawBoat({ main, dark, light }: Ink): string {
	return (
		shape("M-70 -30Q0 -20 70 -30Q62 0 38 2H-40Q-62 0 -70 -30Z", main) +
		shape("M-70 -30Q0 -20 70 -30Q0 -38 -70 -30Z", dark) +
		line("M-30 -18L-64 10M30 -34L66 -58", light, 4)
	);
}
