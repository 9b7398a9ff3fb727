import { once } from "node:events";
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { createImageEncoder, createOpenAIClient, type OpenAIClientOptions, type Teacher } from "../../src/teacher/index.js";
import { makeRequest } from "../support/make-request.js";

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
	for (const close of open.splice(0)) await close();
});
const { signal } = new AbortController();
const completion = JSON.stringify({ choices: [{ message: { content: "red" }, finish_reason: "stop" }] });

async function listen(server: Server | HttpServer): Promise<number> {
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	return (server.address() as AddressInfo).port;
}

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
	const server = createServer(answer);
	const port = await listen(server);
	open.push(async () => {
		server.closeAllConnections();
		server.close();
	});
	return `http://127.0.0.1:${port}/v1`;
}

/** A server whose connections are dealt with by hand: `onBytes` is told which request of its connection has come. */
async function serveSockets(onRequest: (socket: Socket, nth: number) => void): Promise<string> {
	const sockets = new Set<Socket>();
	const server = createSocketServer((socket) => {
		sockets.add(socket);
		let nth = 0;
		socket.on("error", () => {});
		// These requests are small enough to come in one piece or two: the head, and the body that ends in a brace.
		socket.on("data", (bytes) => {
			if (bytes.toString().endsWith("}")) onRequest(socket, ++nth);
		});
	});
	const port = await listen(server);
	open.push(async () => {
		for (const socket of sockets) socket.destroy();
		server.close();
	});
	return `http://127.0.0.1:${port}/v1`;
}

function connect(baseUrl: string, change: Partial<OpenAIClientOptions> = {}): Teacher {
	const client = createOpenAIClient({
		baseUrl,
		timeoutMs: 20_000,
		concurrency: 1,
		structuredOutput: "none",
		images: createImageEncoder("/nowhere", 0),
		...change,
	});
	open.push(() => client.close());
	return client;
}

function reply(socket: Socket): void {
	socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${completion.length}\r\n\r\n${completion}`);
}

test("each response's status and headers are told, good or bad, also where its body never ends", async () => {
	const told: [number, string | null][] = [];
	let nth = 0;
	const baseUrl = await serve((request, response) => {
		request.resume();
		nth += 1;
		response.writeHead([200, 429, 503][nth - 1] ?? 200, { "X-RateLimit-Remaining-Requests": String(nth) });
		if (nth < 4) response.end(completion);
		else response.write("{");
	});
	const client = connect(baseUrl, { timeoutMs: 500, onResponse: ({ status, headers }) => told.push([status, headers.get("x-ratelimit-REMAINING-requests")]) });
	await client.ask(makeRequest("a"), signal);
	await expect(client.ask(makeRequest("b"), signal)).rejects.toMatchObject({ status: 429 });
	await expect(client.ask(makeRequest("c"), signal)).rejects.toMatchObject({ status: 503 });
	await expect(client.ask(makeRequest("d"), signal)).rejects.toMatchObject({ kind: "timeout" });
	expect(told).toEqual([
		[200, "1"],
		[429, "2"],
		[503, "3"],
		[200, "4"],
	]);
});

test("one connection carries request after request", async () => {
	const ports = new Set<number | undefined>();
	const baseUrl = await serve(async (request, response) => {
		ports.add(request.socket.remotePort);
		await text(request);
		response.end(completion);
	});
	const client = connect(baseUrl);
	for (const word of ["a", "b", "c"]) expect(await client.ask(makeRequest(word), signal)).toMatchObject({ text: "red" });
	expect(ports.size).toBe(1);
});

test("a connection that closes as it is used again is a connection error at once, and the next request has a new one", async () => {
	const baseUrl = await serveSockets((socket, nth) => (nth === 1 ? reply(socket) : socket.destroy()));
	const client = connect(baseUrl);
	expect(await client.ask(makeRequest("a"), signal)).toMatchObject({ text: "red" });
	await expect(client.ask(makeRequest("b"), signal)).rejects.toMatchObject({
		kind: "connection",
		message: expect.stringContaining("the server closed the connection before its reply was complete"),
	});
	expect(await client.ask(makeRequest("c"), signal)).toMatchObject({ text: "red" });
});

test("a server that closes each connection after its reply, without a word, loses no request for good", async () => {
	const baseUrl = await serveSockets((socket) => {
		reply(socket);
		socket.end();
	});
	const client = connect(baseUrl);
	let answered = 0;
	for (let nth = 0; nth < 20; nth++) {
		await client.ask(makeRequest(String(nth)), signal).then(
			() => {
				answered += 1;
			},
			(error: unknown) => expect(error).toMatchObject({ kind: "connection" }),
		);
	}
	expect(answered).toBeGreaterThan(0);
});

test("a reply that is far too large is refused before it is read", async () => {
	let sentBytes = 0;
	const baseUrl = await serve((request, response) => {
		request.resume();
		response.writeHead(200, { "content-type": "application/json" });
		const chunk = Buffer.alloc(1024 * 1024, " ");
		const write = () => {
			if (response.destroyed) return;
			sentBytes += chunk.length;
			response.write(chunk, () => setImmediate(write));
		};
		write();
	});
	await expect(connect(baseUrl).ask(makeRequest("a"), signal)).rejects.toMatchObject({ kind: "protocol", message: expect.stringContaining("8388608 bytes") });
	expect(sentBytes).toBeLessThan(64 * 1024 * 1024);
});

test("a request that waits for a connection is ended by its timeout, and does not go out later", async () => {
	let [received, finish] = [0, () => {}];
	const baseUrl = await serve((request, response) => {
		request.resume();
		received += 1;
		finish = () => response.end(completion);
	});
	const client = connect(baseUrl, { timeoutMs: 300 });
	const first = client.ask(makeRequest("a"), signal);
	const second = client.ask(makeRequest("b"), signal);
	await expect(first).rejects.toMatchObject({ kind: "timeout" });
	await expect(second).rejects.toMatchObject({ kind: "timeout" });
	finish();
	expect(await Promise.race([client.ask(makeRequest("c"), signal).catch(() => "timeout"), Promise.resolve("pending")])).toBe("pending");
	await expect.poll(() => received).toBe(2);
});

test("a name that is nobody's is said to be unknown", async () => {
	await expect(connect("http://nobody.invalid/v1").ask(makeRequest("a"), signal)).rejects.toMatchObject({
		kind: "connection",
		message: expect.stringContaining("name cannot be looked up (DNS)"),
	});
});

test("https where http is spoken is said as it is", async () => {
	const baseUrl = await serve((_, response) => response.end());
	await expect(connect(baseUrl.replace("http:", "https:")).ask(makeRequest("a"), signal)).rejects.toMatchObject({
		kind: "connection",
		message: expect.stringContaining("does not speak TLS"),
	});
});

test("a server that sends us elsewhere is a matter of the address", async () => {
	const baseUrl = await serve((request, response) => {
		request.resume();
		response.writeHead(308, { location: "https://elsewhere.example/v1/chat/completions" }).end();
	});
	await expect(connect(baseUrl).ask(makeRequest("a"), signal)).rejects.toMatchObject({
		exitCode: 4,
		message: expect.stringContaining("https://elsewhere.example/v1/chat/completions"),
	});
});

test("a key that no header may hold is refused without being shown", async () => {
	const baseUrl = await serve((_, response) => response.end(completion));
	const asked = connect(baseUrl, { apiKey: "sk-se\ncret" }).ask(makeRequest("a"), signal);
	await expect(asked).rejects.toMatchObject({ exitCode: 2, message: expect.not.stringContaining("sk-se") });
});
