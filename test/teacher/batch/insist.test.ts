import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { insist, isFull, openBatchProvider, TransportError } from "../../../src/teacher/index.js";

const options = { model: "m", apiKeyEnv: "BATCH_KEY", outageMs: 5000, signal: new AbortController().signal, maxDelayMs: 10 };

/** A provider that answers each call with the next of the given statuses, then well. */
async function withProvider(statuses: number[], message: string, use: (provider: ReturnType<typeof openBatchProvider>, calls: () => number) => Promise<void>) {
	let calls = 0;
	const server = createServer((request, response) => {
		request.resume();
		const status = statuses[calls++] ?? 200;
		if (status === 0) return void response.destroy();
		const body = status === 200 ? { id: "batch_1", status: "validating" } : { error: { message: `${message} sk-a-secret-key`, code: "made_up" } };
		response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const provider = openBatchProvider({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, apiKey: "sk-a-secret-key" });
	try {
		await use(provider, () => calls);
	} finally {
		await provider.close();
		server.close();
	}
}

it("tries again what failed in transit, and says which try it is", () =>
	withProvider([500, 0, 429], "busy", async (provider, calls) => {
		const tries: number[] = [];
		const batch = await insist((tryNumber) => {
			tries.push(tryNumber);
			return provider.create("file-1", "24h", {});
		}, options);
		expect(batch).toMatchObject({ id: "batch_1", status: "validating" });
		expect(tries).toEqual([1, 2, 3, 4]);
		expect(calls()).toBe(4);
	}));

it("throws what the call itself is to blame for, and a full queue, as they came, without the key", () =>
	withProvider([400, 429], "token_limit_exceeded: enqueued token limit reached", async (provider, calls) => {
		for (const status of [400, 429]) {
			const thrown = await insist(() => provider.create("file-1", "24h", {}), options).catch((error: unknown) => error);
			expect(thrown).toBeInstanceOf(TransportError);
			expect(thrown).toMatchObject({ status });
			expect(isFull(String(thrown))).toBe(true);
			expect(String(thrown)).toContain("made_up");
			expect(String(thrown)).not.toContain("sk-a-secret-key");
		}
		expect(calls()).toBe(2);
	}));

it.each([
	{ status: 401, message: "bad key", says: "BATCH_KEY" },
	{ status: 404, message: "Not Found", says: "candor batch export" },
])("ends with exit 4 and what to do where the provider answers $status", ({ status, message, says }) =>
	withProvider([status], message, async (provider) => {
		await expect(insist(() => provider.create("file-1", "24h", {}), options)).rejects.toMatchObject({ exitCode: 4, remedy: expect.stringContaining(says) });
	}),
);

it("ends with exit 4 where nothing is answered for too long, and at once where the run is stopped", () =>
	withProvider(Array(1000).fill(503), "down", async (provider) => {
		const patience = { ...options, outageMs: 100 };
		await expect(insist(() => provider.create("file-1", "24h", {}), patience)).rejects.toMatchObject({ exitCode: 4 });
		const controller = new AbortController();
		const stopped = insist(() => provider.create("file-1", "24h", {}), { ...options, outageMs: 1e9, signal: controller.signal });
		controller.abort(new Error("stopped"));
		await expect(stopped).rejects.toThrow("stopped");
	}));
