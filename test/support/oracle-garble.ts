import { random } from "../../src/pipeline/random.js";
import type { FakeMessage } from "./fake-teacher.js";

/** A reply before it is written down: an object that was asked for, or plain text. */
export type PlainReply = { readonly text: string } | { readonly object: Readonly<Record<string, unknown>>; readonly wrong: Readonly<Record<string, unknown>> };

/** Writes a reply the way models do. Which way follows from the request's content alone; `share` of them are not as they should be. */
export function writeReply(reply: PlainReply, contentHash: string, share: number): FakeMessage {
	const rng = random(0, contentHash, "garble");
	const right = "text" in reply ? reply.text : JSON.stringify(reply.object);
	if (rng.next() >= share) return { content: right };
	const write = rng.pick("text" in reply ? textFaults : [...textFaults, ...objectFaults]);
	return write(right, reply);
}

type Write = (right: string, reply: PlainReply) => FakeMessage;

const textFaults: readonly Write[] = [
	() => ({ content: "I'm sorry, but I can't help with identifying what is in this picture." }),
	() => ({ content: null, refusal: "I can't assist with that." }),
	(right) => ({ content: right.slice(0, right.length / 2), finishReason: "length" }),
	() => ({ content: "" }),
];

/** The first five can be read all the same; the others have to be asked again. */
const objectFaults: readonly Write[] = [
	(right) => ({ content: `\`\`\`json\n${right}\n\`\`\`` }),
	(right) => ({ content: `Sure! Here is the JSON you asked for:\n${right}\nLet me know if you need anything else.` }),
	(right) => ({ content: `<think>The picture comes first.</think>\n${right}` }),
	(_, reply) => ({ content: "object" in reply ? writePython(reply.object) : "" }),
	(right) => ({ content: right.replace(/\}$/, ",}") }),
	(_, reply) => ({ content: "object" in reply ? JSON.stringify(reply.wrong) : "" }),
	() => ({ content: "The picture speaks for itself, and the user should look at it again." }),
];

/** As Python prints a dictionary: with single quotes. */
function writePython(object: Readonly<Record<string, unknown>>): string {
	const members = Object.entries(object).map(
		([key, value]) => `'${key}': ${typeof value === "string" ? `'${value.replaceAll("'", String.raw`\'`)}'` : JSON.stringify(value).replaceAll('"', "'")}`,
	);
	return `{${members.join(", ")}}`;
}
