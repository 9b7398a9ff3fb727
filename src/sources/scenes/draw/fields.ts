import { drawTarget } from "./gear.js";
import { disc, line, oval, rect, shape, times } from "./svg.js";

/** Where sports are played, from the horizon down. */

type Field = (variant: number) => string;

function stands(): string {
	const crowd = ["#c96f5a", "#5f83a8", "#d9b25a", "#7f9a72", "#a87fa5", "#e4ddd0"];
	return (
		rect(0, 130, 640, 104, "#8d97a0") +
		times(64, (index) => disc(12 + (index % 22) * 29 + (Math.floor(index / 22) % 2) * 14, 152 + Math.floor(index / 22) * 28, 8, crowd[(index * 5) % 6] ?? "")) +
		rect(0, 226, 640, 16, "#59646d")
	);
}

function hills(fill: string): string {
	return shape("M0 226Q140 176 320 220T640 196V260H0Z", fill);
}

const net = (x: number, y: number, width: number, height: number, gap: number): string =>
	line(
		Array.from({ length: Math.floor(width / gap) + 1 }, (_, index) => `M${x + index * gap} ${y}v${height}`).join("") +
			Array.from({ length: Math.floor(height / gap) + 1 }, (_, index) => `M${x} ${y + index * gap}h${width}`).join(""),
		"#f4f6f7",
		1,
	);

const soccer: Field = () =>
	stands() +
	rect(0, 240, 640, 240, "#5fae55") +
	times(4, (index) => rect(index * 160, 240, 80, 240, "#56a34d")) +
	net(436, 178, 176, 112, 14) +
	line("M436 292V176H612V292", "#ffffff", 7) +
	line("M0 292H640M380 292L340 360H640", "#ffffff", 4);

const tennis: Field = (variant) => {
	const court = ["#3f78b5", "#c9744a", "#3f8f6a"][variant % 3] ?? "";
	return (
		rect(0, 150, 640, 92, "#3d5a4a") +
		line(Array.from({ length: 22 }, (_, index) => `M${index * 30} 150V240`).join(""), "#567565", 1.5) +
		rect(0, 238, 640, 242, "#7fa873") +
		shape("M90 258H550L640 470V480H0V470Z", court) +
		line("M90 258H550L640 474M90 258L0 474M150 258L92 480M490 258L548 480M320 300V256", "#ffffff", 4) +
		net(0, 292, 640, 44, 11) +
		rect(0, 286, 640, 8, "#ffffff") +
		rect(316, 290, 8, 48, "#ffffff")
	);
};

const basketball: Field = () =>
	rect(0, 0, 640, 300, "#c9b79c") +
	times(7, (index) => rect(20 + index * 92, 40, 64, 60, "#dfeaf0")) +
	rect(0, 296, 640, 184, "#d39b5a") +
	line(`${Array.from({ length: 11 }, (_, index) => `M${index * 66} 298L${index * 88 - 110} 480`).join("")}`, "#bb8445", 1.4) +
	line("M360 300L300 480M0 336H640", "#ffffff", 4) +
	rect(560, 150, 12, 190, "#4b5058") +
	line("M566 156L520 140", "#4b5058", 9) +
	rect(448, 66, 104, 76, "#fbfbf8", 3) +
	line("M448 66H552V142H448ZM482 96H518V128H482Z", "#d8352f", 3.5) +
	line("M466 146H534", "#e2622a", 6) +
	line("M470 148L480 184M482 148L488 186M500 148V188M518 148L512 186M530 148L520 184M474 164H526M478 178H522", "#f4f6f7", 1.6);

const baseball: Field = () =>
	stands() +
	rect(0, 238, 640, 242, "#6db35a") +
	shape("M320 256L600 360L320 470L40 360Z", "#cf9a62") +
	shape("M320 290L500 360L320 432L140 360Z", "#6db35a") +
	oval(320, 360, 34, 12, "#cf9a62") +
	[
		[320, 262],
		[590, 358],
		[50, 358],
	]
		.map(([x = 0, y = 0]) => shape(`M${x - 13} ${y}L${x} ${y - 6}L${x + 13} ${y}L${x} ${y + 6}Z`, "#ffffff"))
		.join("") +
	line("M60 366L310 470M580 366L330 470", "#ffffff", 3);

const golf: Field = (variant) =>
	hills("#7db868") +
	times(6, (index) => disc(40 + index * 112, 214 - (index % 2) * 8, 26, "#4f9153")) +
	rect(0, 240, 640, 240, "#7cc05c") +
	shape("M0 330Q200 280 400 330T640 320V480H0Z", "#6cb350") +
	oval(470, 306, 120, 26, "#9ad873") +
	oval(150 + (variant % 3) * 30, 300, 74, 17, "#ecd8a2") +
	oval(500, 306, 9, 3.4, "#2b3b2a") +
	rect(498, 206, 4, 100, "#f4f6f7") +
	shape("M502 206L548 222L502 238Z", "#d8352f");

const skiing: Field = () =>
	shape("M-40 240L110 70L260 240ZM330 240L500 50L690 240Z", "#8593a8") +
	shape("M110 70L64 122L100 114L118 130L156 122ZM500 50L448 108L488 98L510 116L556 102Z", "#fbfdff") +
	shape("M0 200Q220 240 640 330V480H0Z", "#f3f8fc") +
	shape("M0 260Q260 290 640 400V480H0Z", "#e3ecf4") +
	times(5, (index) => {
		const x = 30 + index * 52;
		const y = 214 + index * 12;
		return shape(`M${x} ${y - 62}L${x + 22} ${y}H${x - 22}Z`, "#2f6b50") + rect(x - 3, y, 6, 8, "#5f452c");
	}) +
	line("M470 300V240M560 330V270", "#d8352f", 4) +
	shape("M470 240L498 248L470 258ZM560 270L588 278L560 288Z", "#d8352f") +
	line("M90 296Q280 330 520 470M60 306Q250 344 470 480", "#cddae6", 3);

const surfing: Field = () =>
	rect(0, 200, 640, 280, "#2f87bd") +
	times(10, (index) => line(`M${(index * 149) % 600} ${212 + index * 8}q12 -5 24 0t24 0`, "#7fc0e2", 2)) +
	shape("M0 330Q60 250 190 268Q330 300 420 420L640 430V480H0Z", "#4aa6d6") +
	shape("M0 300Q70 232 200 262Q130 262 150 300Q110 280 104 322Q60 300 0 350Z", "#f4fbff") +
	shape("M0 440Q160 404 330 440T640 436V480H0Z", "#6bbce2") +
	line("M0 440Q160 404 330 440T640 436", "#f4fbff", 5);

const skateboarding: Field = () =>
	rect(0, 120, 640, 130, "#a9b7bf") +
	times(6, (index) => rect(index * 112 + 6, 140, 98, 70, ["#d98a6a", "#7fa5c4", "#c9b45f", "#8fb08a", "#b58ab5", "#d9a0a0"][index] ?? "", 3)) +
	rect(0, 246, 640, 234, "#c3c6c8") +
	shape("M0 246Q120 262 150 400H0Z", "#9da3a8") +
	shape("M640 246Q520 262 490 400H640Z", "#9da3a8") +
	line("M0 248Q120 262 150 400M640 248Q520 262 490 400", "#d8352f", 5) +
	line("M220 420V392H420V420", "#59646d", 6) +
	line("M0 440H640", "#adb1b4", 2);

const hockey: Field = () =>
	stands() +
	rect(0, 236, 640, 244, "#e8f3f9") +
	rect(0, 236, 640, 40, "#fbfdfe") +
	rect(0, 268, 640, 9, "#f0c22c") +
	line("M0 352H640", "#d8352f", 5) +
	`<ellipse cx="150" cy="420" rx="110" ry="34" fill="none" stroke="#2f6fd6" stroke-width="4"/>` +
	net(482, 262, 104, 76, 11) +
	line("M480 340V260H588V340", "#d8352f", 7) +
	times(10, (index) => line(`M${(index * 137) % 600} ${300 + index * 17}l46 -4`, "#ffffff", 3));

const volleyball: Field = () =>
	rect(0, 190, 640, 80, "#3f9bd1") +
	rect(0, 262, 640, 218, "#efd7a0") +
	times(20, (index) => oval((index * 131) % 640, 300 + ((index * 47) % 170), 3, 1.4, "#d8b878")) +
	rect(404, 118, 9, 300, "#7a4d26", 3) +
	rect(626, 118, 9, 260, "#7a4d26", 3) +
	net(412, 140, 216, 72, 12) +
	rect(412, 134, 216, 8, "#ffffff") +
	line("M30 300H600L640 460", "#2f6fd6", 4);

const archery: Field = () =>
	hills("#8fc07a") +
	times(7, (index) => disc(30 + index * 98, 222 - (index % 2) * 8, 24, "#5a9a58")) +
	rect(0, 240, 640, 240, "#8ac765") +
	line("M0 398H640", "#ffffff", 3) +
	drawTarget(540, 384, 1.5);

export const fields = { soccer, tennis, basketball, baseball, golf, skiing, surfing, skateboarding, hockey, volleyball, archery } as const;
