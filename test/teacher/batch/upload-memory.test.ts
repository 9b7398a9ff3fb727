import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { createUploadBody, openBatchProvider } from "../../../src/teacher/index.js";

const megabyte = 1_000_000;

it("sends a file of 300 MB with its length, makes it no faster than it is taken, and keeps none of it", async () => {
	let received = 0;
	let announced: string | undefined;
	const server = createServer((request, response) => {
		announced = request.headers["content-length"];
		request.on("data", (chunk: Buffer) => {
			received += chunk.length;
		});
		request.on("end", () => response.writeHead(200, { "content-type": "application/json" }).end('{"id":"file-1"}'));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const provider = openBatchProvider({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` });
	const held = () => process.memoryUsage().heapUsed + process.memoryUsage().external;
	const before = held();
	let mostHeld = 0;
	let most = 0;
	const lineBytes = 400_000;
	const count = Math.round((300 * megabyte) / lineBytes);
	const body = createUploadBody("a.jsonl", count * lineBytes, async function* () {
		for (let index = 0; index < count; index++) {
			most = Math.max(most, index * lineBytes - received);
			mostHeld = Math.max(mostHeld, held() - before);
			yield Buffer.from(`${String(index).padEnd(lineBytes - 1, "x")}\n`);
		}
	});
	expect(await provider.upload(body, new AbortController().signal)).toBe("file-1");
	await provider.close();
	server.close();
	expect(announced).toBe(String(body.length));
	expect(received).toBe(body.length);
	expect(most).toBeLessThan(20 * megabyte);
	// Garbage included; a body that is kept to be sent again would show as 300.
	expect(mostHeld).toBeLessThan(150 * megabyte);
});
