import { type Check, fail, ok } from "./check.js";
import { drawShape } from "./draw-shape.js";
import type { ChatAnswer } from "./probe.js";
import { failThoughtOut, isThoughtOut, quote } from "./reply.js";

const colors = ["red", "green", "blue", "yellow", "black", "purple"];
/** Two, of different colours: who always says the same is right once at most. */
const pictures = [
	{ color: "green", url: () => drawShape("circle", [0, 160, 60]) },
	{ color: "red", url: () => drawShape("square", [220, 20, 30]) },
];

/** Whether the model sees pictures, rather than guessing from the question. */
export const checkVision: Check = {
	name: "vision",
	async examine(exam) {
		const { role } = exam.endpoint;
		const text = exam.text("color", { colors });
		const seen: { color: string; answer: ChatAnswer }[] = [];
		for (const { color, url } of pictures) {
			const answer = await exam.ask(text, { picture: url() });
			if (!answer.ok)
				return fail(
					`a picture is refused: ${answer.detail}`,
					`${role}.model: one that takes pictures. Of a local server, see that its vision part is loaded (llama.cpp: --mmproj).`,
				);
			if (isThoughtOut(answer.reply)) return failThoughtOut(exam.endpoint);
			seen.push({ color, answer });
		}
		const said = seen.map(({ color, answer }) => `${color}: ${answer.ok ? quote(answer.reply.text) : ""}`).join(", ");
		const right = seen.filter(({ color, answer }) => answer.ok && namedColor(answer.reply.text) === color).length;
		if (right === pictures.length) return ok(`sees both test pictures (${said})${describePrice(await exam.ask(text), seen[0]?.answer)}`);
		return fail(
			`${right === 0 ? "sees neither test picture" : "names one of two colors, as guessing would"} (${said})`,
			`${role}.model: one that sees. Of a local server, see that its vision part is loaded (llama.cpp: --mmproj) and that its chat template takes pictures.`,
		);
	},
};

/** The one colour that a text names. */
function namedColor(text: string): string | undefined {
	const named = colors.filter((color) => new RegExp(`\\b${color}\\b`, "i").test(text));
	return named.length === 1 ? named[0] : undefined;
}

/** Of the same question with and without the picture. */
function describePrice(blind: ChatAnswer, withPicture: ChatAnswer | undefined): string {
	const [before, after] = [blind, withPicture].map((answer) => (answer?.ok === true ? answer.reply.usage?.inputTokens : undefined));
	return before === undefined || after === undefined || after <= before ? "" : `; one of 224 × 224 pixels takes ${after - before} tokens`;
}
