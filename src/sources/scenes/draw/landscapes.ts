import { disc, line, oval, rect, shape, times } from "./svg.js";

/** The land of outdoor settings, from the horizon down. `spots` are random places between 0 and 1; nothing that is asked about. */

type Backdrop = (spots: readonly number[]) => string;

const at = (spots: readonly number[], index: number): number => spots[index % spots.length] ?? 0.5;
const whole = Math.round;

function windows(x: number, y: number, columns: number, rows: number, fill: string): string {
	return times(columns * rows, (index) => rect(x + (index % columns) * 22, y + Math.floor(index / columns) * 30, 13, 19, fill));
}

const street: Backdrop = (spots) => {
	const walls = ["#c98d74", "#d9b98a", "#93a9bd", "#b7a2b5", "#8fae9a", "#d2a0a0"];
	let x = -20;
	let houses = "";
	for (let index = 0; x < 640; index++) {
		const width = 96 + whole(at(spots, index) * 3) * 22;
		const top = 40 + whole(at(spots, index + 3) * 110);
		const wall = walls[(index + whole(at(spots, 1) * 6)) % walls.length] ?? "";
		houses +=
			rect(x, top, width, 262 - top, wall) +
			rect(x, top, width, 6, "#00000022") +
			windows(x + 14, top + 18, Math.floor((width - 16) / 22), Math.floor((236 - top) / 30), "#f6efd2");
		x += width;
	}
	return (
		houses +
		rect(0, 260, 640, 70, "#c9c5bd") +
		line("M0 328H640", "#97938b", 6) +
		times(8, (index) => line(`M${index * 90} 262L${index * 90 - 30} 326`, "#b1ada5", 1.6)) +
		rect(0, 331, 640, 149, "#565a61") +
		times(7, (index) => rect(index * 104 - 20, 402, 54, 6, "#f1eeda"))
	);
};

const park: Backdrop = (spots) => {
	const bend = whole(at(spots, 0) * 160);
	return (
		shape(`M0 236Q${120 + bend} 176 330 226T640 200V300H0Z`, "#7fbf78") +
		times(9, (index) => disc(index * 78 + at(spots, index) * 30, 226 - (index % 3) * 6, 24 + (index % 2) * 8, "#5ea363")) +
		rect(0, 236, 640, 244, "#86c46a") +
		shape(
			`M${220 + bend} 238Q${300 + bend} 300 ${180 + bend} 360T${90 + bend} 480H${300 + bend}Q${330 + bend} 400 ${350 + bend} 350T${250 + bend} 238Z`,
			"#e3d3a4",
		) +
		times(16, (index) => line(`M${whole(at(spots, index) * 640 + index * 91) % 640} ${262 + ((index * 37) % 200)}l-3 -8m3 8l3 -8`, "#5f9f4c", 1.8))
	);
};

const beach: Backdrop = (spots) =>
	rect(0, 190, 640, 110, "#3f9bd1") +
	times(9, (index) => line(`M${whole(at(spots, index) * 560)} ${206 + index * 9}q12 -6 24 0t24 0`, "#9fd3ee", 2)) +
	shape("M0 286Q80 272 160 286T320 286T480 286T640 284V480H0Z", "#f4fbff") +
	shape("M0 294Q80 280 160 294T320 294T480 294T640 292V480H0Z", "#efd7a0") +
	times(24, (index) => oval((index * 131 + at(spots, 2) * 300) % 640, 320 + ((index * 47) % 150), 3, 1.4, "#d8b878"));

const farm: Backdrop = (spots) => {
	const bend = whole(at(spots, 1) * 120);
	return (
		shape(`M0 230Q${140 + bend} 186 320 224T640 206V260H0Z`, "#9bc37a") +
		rect(0, 238, 640, 242, "#8fbf5c") +
		shape("M0 238H640V280H0Z", "#d9c465") +
		times(16, (index) => line(`M${index * 44} 240L${index * 44 - 16} 278`, "#bfa53f", 2)) +
		line("M0 292H640M0 306H640", "#efe6d2", 4) +
		times(13, (index) => rect(index * 52 + 8, 284, 6, 32, "#efe6d2")) +
		times(18, (index) => line(`M${(index * 83 + whole(at(spots, 3) * 200)) % 640} ${334 + ((index * 41) % 136)}l-4 -9m4 9l4 -9`, "#6a9c40", 2))
	);
};

const mountains: Backdrop = (spots) => {
	const a = 110 + whole(at(spots, 0) * 100);
	const b = 380 + whole(at(spots, 1) * 120);
	const peak = (x: number, top: number, half: number): string =>
		shape(`M${x - half} 256L${x} ${top}L${x + half} 256Z`, "#7d8ba0") +
		shape(`M${x} ${top}L${x + half} 256H${x + 20}Z`, "#66748a") +
		shape(
			`M${x} ${top}L${x - whole(half * 0.36)} ${top + whole((256 - top) * 0.36)}L${x - 12} ${top + 40}L${x + 6} ${top + 58}L${x + whole(half * 0.36)} ${top + whole((256 - top) * 0.36)}Z`,
			"#fbfdff",
		);
	return (
		peak(a, 84, 170) +
		peak(b, 62, 200) +
		peak(whole((a + b) / 2), 128, 120) +
		shape("M0 250Q160 226 320 250T640 244V480H0Z", "#f2f6fa") +
		shape("M0 330Q200 296 400 336T640 320V480H0Z", "#e4ebf2")
	);
};

const desert: Backdrop = (spots) => {
	const x = 60 + whole(at(spots, 0) * 300);
	return (
		shape(`M${x} 240L${x + 16} 170H${x + 110}L${x + 130} 240Z`, "#c07a4c") +
		shape(`M${x + 220} 240L${x + 232} 196H${x + 290}L${x + 302} 240Z`, "#b06e45") +
		rect(0, 234, 640, 246, "#e7c084") +
		shape("M0 250Q150 214 330 262T640 240V480H0Z", "#ecca92") +
		shape("M0 370Q180 300 360 372T640 350V480H0Z", "#dfb474") +
		times(8, (index) => line(`M${whole(at(spots, index) * 560)} ${300 + index * 22}q16 -7 32 0t32 0`, "#cfa161", 2))
	);
};

const harbor: Backdrop = (spots) =>
	shape(`M0 214Q${100 + whole(at(spots, 0) * 200)} 176 360 214H640V240H0Z`, "#8aa58c") +
	rect(0, 212, 640, 190, "#3d83b5") +
	times(18, (index) => line(`M${whole(at(spots, index) * 580)} ${226 + index * 9}q10 -5 20 0t20 0`, "#86b9da", 2)) +
	rect(0, 398, 640, 82, "#b7a58c") +
	rect(0, 396, 640, 9, "#8f7c62") +
	times(9, (index) => line(`M${index * 76} 406L${index * 76 - 24} 480`, "#97866c", 2)) +
	times(4, (index) => rect(60 + index * 170, 380, 16, 26, "#4b4f55", 4));

const forest: Backdrop = (spots) =>
	rect(0, 0, 640, 300, "#5d8f63") +
	times(15, (index) => rect(index * 44 + at(spots, index) * 18, 0, 14 + (index % 3) * 5, 272, index % 2 === 0 ? "#56452f" : "#6a5439")) +
	times(12, (index) => disc(index * 58 + at(spots, index + 2) * 20, 18 + (index % 3) * 26, 46, index % 2 === 0 ? "#2f6b40" : "#3d7f4b")) +
	shape("M0 262Q160 240 320 262T640 256V480H0Z", "#55803f") +
	shape("M0 350Q200 326 420 352T640 342V480H0Z", "#486f36") +
	times(14, (index) =>
		line(
			`M${(index * 97 + whole(at(spots, 1) * 150)) % 640} ${290 + ((index * 43) % 170)}q-8 -14 -14 -14m14 14q0 -16 2 -20m-2 20q8 -14 14 -14`,
			"#2f5a2c",
			2.2,
		),
	);

const savanna: Backdrop = (spots) => {
	const acacia = (x: number, size: number): string =>
		line(`M${x} 244V${244 - size}M${x} ${244 - whole(size * 0.6)}L${x + 18} ${244 - size}`, "#5f452c", 5) +
		oval(x + 4, 240 - size, size * 0.8, size * 0.22, "#6f8a3e");
	return (
		rect(0, 226, 640, 254, "#dcbf6a") +
		acacia(70 + whole(at(spots, 0) * 120), 70) +
		acacia(400 + whole(at(spots, 1) * 170), 92) +
		shape("M0 300Q180 276 360 302T640 292V480H0Z", "#cfae56") +
		times(28, (index) => line(`M${(index * 71 + whole(at(spots, 2) * 200)) % 640} ${262 + ((index * 53) % 210)}l-4 -12m4 12l1 -14m-1 14l6 -11`, "#a98a3c", 2))
	);
};

export const landscapes = { street, park, beach, farm, mountains, desert, harbor, forest, savanna } as const;
