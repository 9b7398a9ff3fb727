import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { sharp } from "../../src/images/decoder.js";
import type { Dialect } from "../../src/teacher/dialects.js";
import { type ChatBody, textOf } from "./fake-teacher.js";

/** What a server is like. Without any of these it does everything well, and refuses dialects that it does not speak. */
export interface ServerKind {
	/** In which it can be told a schema. @default all */
	readonly dialects?: readonly Dialect[];
	/** Members of a body that it does not know: as if they were not there, rather than refused. */
	readonly ignoresUnknown?: boolean;
	/** Whether its model writes JSON because the prompt says so. @default true */
	readonly writesJson?: boolean;
	/** How it takes pictures. @default sees */
	readonly pictures?: "sees" | "blind" | "refuses";
	/** Where its model's thoughts come. */
	readonly thoughts?: "reasoning_content" | "tags";
	/** @default 12 */
	readonly thoughtTokens?: number;
	readonly withoutUsage?: boolean;
	readonly ignoresCap?: boolean;
	/** Cuts replies off and says that they stopped. */
	readonly hidesCut?: boolean;
	/** The only one that it lets in; anything else is refused in words that repeat what was sent. */
	readonly key?: string;
	/** @default ["fake-vlm"] */
	readonly models?: readonly string[];
	/** Answers every request with a web page. */
	readonly page?: boolean;
	readonly redirect?: string;
	/** @unit milliseconds */
	readonly latencyMs?: number;
	/** Takes one request at a time. */
	readonly serial?: boolean;
	/** Members that it refuses. */
	readonly refuses?: readonly string[];
	readonly headers?: Readonly<Record<string, string>>;
	readonly cachedTokens?: number;
	/** Says the same nonsense, whatever is asked. */
	readonly noise?: boolean;
}

const colors: Readonly<Record<string, readonly [number, number, number]>> = {
	red: [220, 20, 30],
	green: [0, 160, 60],
	blue: [30, 60, 220],
	yellow: [240, 220, 40],
	black: [0, 0, 0],
	purple: [130, 40, 150],
};
const thought = "The user wants one thing of me, and I shall give it.";

/** A real HTTP server of that kind. Its model really looks at pictures. */
export async function startServerKind(kind: ServerKind): Promise<{ port: number; close(): Promise<void> }> {
	const models = kind.models ?? ["fake-vlm"];
	let turn = Promise.resolve();

	async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const raw = await text(request);
		const json = (status: number, value: unknown) =>
			response.writeHead(status, { "content-type": "application/json", ...kind.headers }).end(JSON.stringify(value));
		const refuse = (status: number, message: string) => json(status, { error: { message, type: "fake" } });
		if (kind.redirect !== undefined) return void response.writeHead(301, { location: kind.redirect }).end();
		if (kind.page) return void response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><html><title>Welcome</title></html>");
		const sent = request.headers.authorization;
		if (kind.key !== undefined && sent !== `Bearer ${kind.key}`) return void refuse(401, `incorrect API key provided: ${sent}`);
		if (request.url === "/v1/models") return void json(200, { object: "list", data: models.map((id) => ({ id, object: "model" })) });
		if (request.url !== "/v1/chat/completions") return void refuse(404, "Not Found");
		const body: ChatBody = JSON.parse(raw);
		if (!models.includes(body.model)) return void refuse(404, `the model ${body.model} does not exist`);
		const unwanted = findUnwanted(body, kind);
		if (unwanted !== undefined) return void refuse(400, unwanted);
		if (kind.latencyMs !== undefined) await (kind.serial ? waitInTurn(kind.latencyMs) : sleep(kind.latencyMs));
		json(200, await complete(body, kind));
	}

	function waitInTurn(ms: number): Promise<void> {
		turn = turn.then(() => sleep(ms));
		return turn;
	}

	const server = createServer((request, response) => {
		handle(request, response).catch(() => response.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		port: (server.address() as AddressInfo).port,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function findUnwanted(body: ChatBody, { refuses = [], pictures, ignoresUnknown, dialects }: ServerKind): string | undefined {
	const member = refuses.find((name) => name in body);
	if (member !== undefined) return `unsupported parameter: ${member}`;
	if (pictures === "refuses" && pictureOf(body) !== undefined) return "this model does not take pictures";
	const spoken = dialectOf(body);
	if (spoken !== undefined && dialects !== undefined && !dialects.includes(spoken) && !ignoresUnknown) return `response_format: ${spoken} is not supported`;
	return undefined;
}

function dialectOf(body: ChatBody): Dialect | undefined {
	if ("structured_outputs" in body) return "structured-outputs";
	if ("guided_json" in body) return "guided-json";
	const format = body.response_format;
	if (typeof format !== "object" || format === null) return undefined;
	if ("json_schema" in format) return "json-schema";
	return "schema" in format ? "json-object-schema" : "json-object";
}

async function complete(body: ChatBody, kind: ServerKind): Promise<unknown> {
	const cap = Number(body.max_tokens ?? body.max_completion_tokens ?? Number.POSITIVE_INFINITY);
	const whole = kind.noise ? "qua zib ollo fren" : await answer(body, kind);
	const words = whole.split(" ");
	const thoughtTokens = kind.thoughts === undefined ? 0 : (kind.thoughtTokens ?? 12);
	const room = Math.max(0, cap - thoughtTokens);
	const isCut = !kind.ignoresCap && words.length > room;
	const said = isCut ? words.slice(0, room).join(" ") : whole;
	const content = kind.thoughts === "tags" ? `<think>${thought}</think>\n\n${said}` : said;
	const inputTokens = textOf(body).trim().split(/\s+/).length + (pictureOf(body) === undefined ? 0 : 256);
	return {
		id: "chatcmpl-kind",
		object: "chat.completion",
		created: 0,
		model: body.model,
		choices: [
			{
				index: 0,
				message: { role: "assistant", content, ...(kind.thoughts === "reasoning_content" ? { reasoning_content: thought } : {}) },
				finish_reason: isCut && !kind.hidesCut ? "length" : "stop",
			},
		],
		...(kind.withoutUsage
			? {}
			: {
					usage: {
						prompt_tokens: inputTokens,
						completion_tokens: said.split(" ").length + thoughtTokens,
						...(kind.cachedTokens === undefined ? {} : { prompt_tokens_details: { cached_tokens: kind.cachedTokens } }),
						...(thoughtTokens === 0 ? {} : { completion_tokens_details: { reasoning_tokens: thoughtTokens } }),
					},
				}),
	};
}

async function answer(body: ChatBody, { dialects, pictures = "sees", writesJson = true }: ServerKind): Promise<string> {
	const prompt = textOf(body);
	if (prompt.includes("traffic light")) {
		const spoken = dialectOf(body);
		const isBound = spoken !== undefined && spoken !== "json-object" && (dialects === undefined || dialects.includes(spoken));
		if (isBound || (prompt.includes("JSON") && writesJson)) return '{"action":"stop","emergency":false}';
		return "The driver should stop, and no, it is not an emergency.";
	}
	if (prompt.includes("large shape")) return pictures === "sees" ? nameColor(pictureOf(body)) : "Red";
	if (prompt.includes("two hundred")) return Array.from({ length: 200 }, (_, index) => `number-${index + 1},`).join(" ");
	if (prompt.includes("animal")) return "Otter";
	return prompt.includes("ready") ? "ready" : "jar";
}

function pictureOf(body: ChatBody): string | undefined {
	for (const { content } of body.messages) {
		const part = typeof content === "string" ? undefined : content.find(({ image_url }) => image_url !== undefined);
		if (part !== undefined) return part.image_url?.url;
	}
	return undefined;
}

/** The known colour that is nearest to the middle of the picture. */
async function nameColor(url: string | undefined): Promise<string> {
	if (url === undefined) return "I see no picture.";
	const { data, info } = await sharp(Buffer.from(url.slice(url.indexOf(",") + 1), "base64"))
		.removeAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	const middle = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * info.channels;
	const distanceTo = (color: readonly number[]) => color.reduce((sum, value, channel) => sum + (value - (data[middle + channel] ?? 0)) ** 2, 0);
	return Object.keys(colors).sort((a, b) => distanceTo(colors[a] ?? []) - distanceTo(colors[b] ?? []))[0] ?? "";
}
