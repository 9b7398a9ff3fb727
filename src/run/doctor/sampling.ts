import { type Check, fail, ok, warn } from "./check.js";
import type { Exam } from "./exam.js";
import { failRequest, quote } from "./reply.js";

const seed = 1;

/** Whether the server takes the config's sampling settings and a seed, and which one it refuses. */
export const checkSampling: Check = {
	name: "sampling",
	async examine(exam) {
		const { role, settings } = exam.endpoint;
		const { temperature, topP } = settings;
		const members = { temperature, ...(topP === undefined ? {} : { top_p: topP }), seed };
		const names = Object.entries(members)
			.map(([name, value]) => (name === "seed" ? name : `${name} ${value}`))
			.join(", ");
		const first = await exam.ask(exam.text("animal"), { members });
		if (!first.ok) {
			const culprit = await findRefused(exam, members);
			return culprit === undefined
				? failRequest(first, exam.endpoint)
				: fail(`${culprit} is refused: ${first.detail}`, remedies(role)[culprit] ?? "The server must take it.");
		}
		const second = await exam.ask(exam.text("animal"), { members });
		if (!second.ok) return warn(`${names} accepted once, then: ${second.detail}`);
		const isSame = first.reply.text === second.reply.text;
		return ok(`${names} accepted; the same seed twice: ${isSame ? `the same reply (${quote(first.reply.text)})` : "two replies"}`);
	},
};

function remedies(role: string): Readonly<Record<string, string>> {
	return {
		temperature: `${role}.temperature: 1`,
		top_p: `leave ${role}.topP out`,
		seed: "Every request carries a seed: the server, or a proxy before it, must take one.",
	};
}

/** The one member without which the request is taken. */
async function findRefused(exam: Exam, members: Readonly<Record<string, unknown>>): Promise<string | undefined> {
	for (const name of Object.keys(members)) {
		const others = Object.fromEntries(Object.entries(members).filter(([other]) => other !== name));
		if ((await exam.ask(exam.text("animal"), { members: others })).ok) return name;
	}
	return undefined;
}
