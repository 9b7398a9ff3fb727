import type { Ink } from "./ink.js";
import { disc, line, oval, rect, shape, times } from "./svg.js";

/** What stands on tables and shelves, larger than life so that it can be made out. On (0, 0). */

export function drawCup({ main, dark, light }: Ink): string {
	return (
		line("M14 -26Q30 -26 27 -15Q24 -6 12 -8", main, 5) +
		shape("M-18 -32H18L14 -2Q14 0 10 0H-10Q-14 0 -14 -2Z", main) +
		oval(0, -32, 18, 4.5, dark) +
		oval(0, -31.4, 14.5, 3, "#4a2a14") +
		line("M-12 -25L-10 -8", light, 2.4)
	);
}

export function drawBottle({ main, dark, light }: Ink): string {
	return (
		shape("M-6 -62H6V-44Q15 -40 15 -28V-3Q15 0 12 0H-12Q-15 0 -15 -3V-28Q-15 -40 -6 -44Z", main) +
		rect(-7, -69, 14, 10, dark, 2) +
		rect(-15, -26, 30, 16, light, 1) +
		line("M-9 -38V-30", light, 3)
	);
}

export function drawVase({ main, dark }: Ink): string {
	const bloom = (x: number, y: number, color: string): string =>
		line(`M0 -40Q${Math.round(x / 2)} ${y + 26} ${x} ${y}`, "#3f8a3c", 2.6) +
		[
			[-5, 0],
			[5, 0],
			[0, -5],
			[0, 5],
		]
			.map(([dx = 0, dy = 0]) => disc(x + dx, y + dy, 5.4, color))
			.join("") +
		disc(x, y, 4, "#f6cf3a");
	return (
		bloom(-16, -66, "#e2507a") +
		bloom(15, -70, "#f4f1ea") +
		bloom(0, -80, "#e0662e") +
		shape("M-9 -44H9Q6 -36 16 -26Q22 -10 10 0H-10Q-22 -10 -16 -26Q-6 -36 -9 -44Z", main) +
		oval(0, -44, 9.5, 2.6, dark)
	);
}

export function drawBook({ main, dark }: Ink): string {
	return (
		shape("M-30 -4L-22 -16H34L28 -4Z", main) +
		shape("M-30 -4H28L34 -16V-12L28 0H-30Z", "#f6f1e2") +
		line("M-30 0H28L34 -12M-30 -4V0", dark, 2) +
		line("M-30 -4L-22 -16", dark, 3)
	);
}

export function drawTableLamp({ main, dark, light }: Ink): string {
	return (
		oval(0, -3, 16, 4, dark) + line("M0 -3V-32", dark, 5) + oval(0, -16, 9, 10, dark) + shape("M-12 -66H12L26 -32H-26Z", main) + oval(0, -32, 26, 3.6, light)
	);
}

export function drawClock({ main, dark }: Ink): string {
	return (
		line("M-14 -3L-8 -9M14 -3L8 -9", dark, 5) +
		disc(-15, -47, 8, dark) +
		disc(15, -47, 8, dark) +
		disc(0, -27, 25, main) +
		disc(0, -27, 19, "#fdfcf4") +
		times(4, (index) =>
			rect([-1.2, 13, -1.2, -17][index] ?? 0, [-44, -28, -14, -28][index] ?? 0, index % 2 === 0 ? 2.4 : 4, index % 2 === 0 ? 4 : 2.4, "#33363b"),
		) +
		line("M0 -27V-39M0 -27L9 -22", "#1d1f22", 2.6)
	);
}

export function drawLaptop({ main, dark }: Ink): string {
	return (
		shape("M-30 -44H30V-6H-30Z", "#3b4046") +
		rect(-26, -40, 52, 30, "#7fc4ea") +
		rect(-20, -35, 22, 12, "#eaf7ff") +
		rect(6, -35, 14, 20, "#c3e6f7") +
		shape("M-30 -7H30L40 0H-40Z", main) +
		line("M-24 -5H24M-27 -3H27", dark, 1.4)
	);
}

export function drawTeapot({ main, dark, light }: Ink): string {
	return (
		line("M-22 -32Q-42 -34 -38 -18Q-35 -8 -22 -12", main, 5) +
		shape("M20 -14Q34 -16 36 -40L44 -42Q44 -6 18 -4Z", main) +
		oval(0, -21, 27, 21, main) +
		oval(0, -41, 13, 4.5, dark) +
		disc(0, -48, 4.6, dark) +
		oval(-9, -28, 5, 8, light) +
		rect(-14, -3, 28, 3, dark, 1)
	);
}

export function drawPlant({ main, dark }: Ink): string {
	return (
		shape("M-2 -26Q-34 -34 -34 -62Q-10 -56 0 -26ZM2 -26Q34 -34 34 -62Q10 -56 0 -26Z", "#3a9a4a") +
		shape("M-6 -26Q-22 -58 0 -84Q22 -58 6 -26Z", "#4fb45c") +
		line("M0 -28V-74", "#2d7a3a", 2) +
		shape("M-20 -28H20L14 0H-14Z", main) +
		rect(-22, -32, 44, 8, dark, 2)
	);
}

export function drawCandle({ main, dark }: Ink): string {
	return (
		oval(0, -3, 20, 4.5, "#b9a15a") +
		rect(-8, -46, 16, 44, main, 2) +
		line("M0 -46V-52", "#33261c", 2) +
		shape("M0 -68Q8 -56 0 -50Q-8 -56 0 -68Z", "#f8b42c") +
		shape("M0 -61Q4 -55 0 -51Q-4 -55 0 -61Z", "#fff1b8") +
		line("M5 -42V-30", dark, 2)
	);
}

export function drawKettlePot({ main, dark, light }: Ink): string {
	return (
		rect(-28, -28, 56, 28, main, 5) +
		rect(-44, -24, 16, 6, dark, 3) +
		rect(28, -24, 16, 6, dark, 3) +
		oval(0, -28, 29, 5, dark) +
		oval(0, -31, 22, 4, light) +
		disc(0, -36, 4, dark)
	);
}

export function drawApple({ main, dark, light }: Ink): string {
	return (
		line("M1 -32Q1 -40 5 -43", "#5a3a1c", 3) +
		shape("M4 -38Q14 -46 22 -39Q14 -32 4 -38Z", "#3d9a45") +
		shape("M0 -32Q-10 -38 -18 -30Q-24 -14 -10 0Q-4 2 0 -1Q4 2 10 0Q24 -14 18 -30Q10 -38 0 -32Z", main) +
		line("M-6 -31Q0 -27 6 -31", dark, 1.8) +
		oval(-9, -22, 3.4, 5.4, light)
	);
}

export function drawBanana(): string {
	return (
		shape("M-32 -26Q-30 -2 2 0Q26 0 36 -18L40 -28L33 -30Q26 -14 4 -13Q-16 -13 -24 -30Z", "#f6d33a") +
		line("M-28 -26Q-22 -8 4 -7Q24 -7 34 -22", "#d0a41a", 1.8) +
		rect(33, -35, 6, 9, "#6b4a1d", 1) +
		rect(-33, -31, 9, 6, "#6b4a1d", 2)
	);
}

export function drawPear(): string {
	return (
		line("M1 -48Q2 -56 6 -58", "#5a3a1c", 3) +
		shape("M0 -48Q-9 -48 -9 -36Q-10 -28 -17 -20Q-22 0 0 0Q22 0 17 -20Q10 -28 9 -36Q9 -48 0 -48Z", "#b9cf4a") +
		oval(-8, -14, 3.4, 6, "#dbe89a") +
		shape("M4 -54Q12 -62 20 -56Q14 -49 4 -54Z", "#3d9a45")
	);
}

export function drawGrapes(): string {
	const rows = [4, 3, 3, 2, 1];
	return (
		line("M0 -48V-56", "#5a3a1c", 3) +
		shape("M2 -50Q12 -62 24 -54Q16 -44 2 -50Z", "#3d9a45") +
		rows
			.map((count, row) =>
				times(
					count,
					(index) =>
						disc((index - (count - 1) / 2) * 12, -43 + row * 9.2, 7, "#6b3a96") + disc((index - (count - 1) / 2) * 12 - 2, -45.4 + row * 9.2, 2, "#b692d6"),
				),
			)
			.join("")
	);
}

export function drawStrawberry(): string {
	const seeds = [
		[-8, -26],
		[0, -29],
		[8, -26],
		[-5, -18],
		[5, -18],
		[0, -10],
	] as const;
	return (
		shape("M0 -36Q-20 -38 -19 -24Q-15 -6 0 0Q15 -6 19 -24Q20 -38 0 -36Z", "#df2f3a") +
		seeds.map(([x, y]) => oval(x, y, 1.4, 2.1, "#f9dd7a")).join("") +
		shape("M0 -33L-17 -38L-8 -40L-9 -47L0 -41L9 -47L8 -40L17 -38Z", "#3d9a45")
	);
}

export function drawWatermelon(): string {
	return (
		shape("M-38 -30H38Q34 0 0 0Q-34 0 -38 -30Z", "#2f8a42") +
		shape("M-34 -30H34Q30 -5 0 -5Q-30 -5 -34 -30Z", "#dff2c8") +
		shape("M-31 -30H31Q27 -8 0 -8Q-27 -8 -31 -30Z", "#ea4a50") +
		times(5, (index) => oval(-18 + index * 9, index % 2 === 0 ? -23 : -16, 1.5, 2.6, "#2a1a18"))
	);
}

export function drawPineapple(): string {
	return (
		shape("M0 -46L-16 -66L-5 -60L-8 -78L0 -66L8 -78L5 -60L16 -66Z", "#3d9a45") +
		shape("M-10 -46L-26 -54L-8 -52ZM10 -46L26 -54L8 -52Z", "#2f7d38") +
		oval(0, -24, 19, 25, "#e8a92c") +
		line("M-14 -40L14 -8M-18 -30L6 -2M-4 -48L18 -20M14 -40L-14 -8M18 -30L-6 -2M4 -48L-18 -20", "#a86d12", 1.6)
	);
}

export function drawCake(): string {
	return (
		oval(0, -4, 40, 5, "#d8dde2") +
		rect(-32, -34, 64, 30, "#a4673a", 3) +
		rect(-32, -22, 64, 5, "#f7e9d2") +
		shape("M-32 -36Q0 -46 32 -36V-28Q27 -20 22 -28Q17 -22 12 -28Q6 -18 0 -28Q-6 -22 -11 -28Q-17 -20 -22 -28Q-27 -22 -32 -28Z", "#fbd9e2") +
		times(3, (index) => rect(-18 + index * 16, -54, 4, 16, "#5aa7d8", 1) + shape(`M${-16 + index * 16} -64q5 6 0 10q-5 -4 0 -10Z`, "#f8b42c"))
	);
}

export function drawDonut(): string {
	return (
		`<circle cx="0" cy="-24" r="17" fill="none" stroke="#c98a48" stroke-width="15"/>` +
		`<circle cx="0" cy="-24" r="17" fill="none" stroke="#f48fb5" stroke-width="10.5"/>` +
		line("M-16 -31l4 -2M2 -42l4 2M16 -30l2 4M14 -14l-3 3M-6 -6l4 1M-19 -20l1 4M-9 -38l3 -2M8 -7l3 -3", "#fff7d8", 2.4)
	);
}

export function drawPizza(): string {
	return (
		shape("M-36 -40Q0 -54 36 -40L0 0Z", "#c98a3e") +
		shape("M-30 -37Q0 -48 30 -37L0 -3Z", "#f6cd55") +
		disc(-12, -33, 6, "#c4352c") +
		disc(11, -34, 6, "#c4352c") +
		disc(0, -18, 5, "#c4352c") +
		line("M-2 -38l5 -2M4 -25l4 1M-8 -23l3 2", "#3f8a3c", 2.4)
	);
}
