import { z } from "zod";

const maxExcerptLength = 200;
const minSecretLength = 8;

const messageSchema = z.union([
	z.object({ error: z.object({ message: z.string().min(1) }) }).transform(({ error }) => error.message),
	z.object({ error: z.string().min(1) }).transform(({ error }) => error),
	z.object({ message: z.string().min(1) }).transform(({ message }) => message),
	z.object({ detail: z.string().min(1) }).transform(({ detail }) => detail),
]);

/** What a person needs of a body that is not a reply: the server's own message, or what kind of thing came, in one short line without the secret. */
export function describeBody(raw: string, secret?: string): string {
	// Before anything is cut off: half a key is a secret too.
	const body = redact(raw, secret);
	if (body.trim() === "") return "an empty body";
	if (/^\s*<(!doctype|html|\?xml)/i.test(body)) {
		const title = /<title>([^<]{1,100})/i.exec(body)?.[1];
		return title === undefined ? "an HTML page" : `an HTML page (${oneLine(title)})`;
	}
	return oneLine(messageOfJson(body) ?? body).slice(0, maxExcerptLength);
}

/** Takes a key out of a text, wherever a server echoes it. What is too short to be one (`EMPTY`, as local servers like it) may be a word. */
export function redact(text: string, secret: string | undefined): string {
	return secret === undefined || secret.length < minSecretLength ? text : text.replaceAll(secret, "[key]");
}

function messageOfJson(body: string): string | undefined {
	try {
		return messageSchema.safeParse(JSON.parse(body)).data;
	} catch {
		return undefined;
	}
}

function oneLine(text: string): string {
	return text.replace(/\s+/g, " ").trim();
}
