import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Fault, FaultRule } from "../support/fake-teacher.js";
import { readProducts, type TeacherInput, writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { runCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { startOracle } from "../support/start-oracle.js";

const pictures = 20;
const rows = 12;
const garbleShare = 0.2;
const command = ["run", "candor.json"];
let undisturbed: Record<string, string>;

/** Impatient enough for a test: a request that never comes back is given up after a second. */
const hasty: TeacherInput = { concurrency: 8, timeoutMs: 1000, retries: 5, outageMs: 20_000 };

/** What a server does wrong to a request once, and would not do again. */
const passing: readonly Fault[] = [
	{ type: "status", status: 408 },
	{ type: "status", status: 409, message: "conflict" },
	{ type: "status", status: 425 },
	{ type: "status", status: 429, headers: { "retry-after": "0" } },
	{ type: "status", status: 429, headers: { "retry-after-ms": "20" } },
	{ type: "status", status: 429 },
	{ type: "status", status: 500 },
	{ type: "status", status: 502, body: "<html><title>Bad Gateway</title></html>" },
	{ type: "status", status: 503, headers: { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" } },
	{ type: "status", status: 504, body: "" },
	{ type: "status", status: 520 },
	{ type: "reset" },
	{ type: "close-after-headers" },
	{ type: "never" },
	{ type: "drip", ms: 200 },
	{ type: "slow-headers", ms: 1500 },
	{ type: "half-json" },
	{ type: "empty-body" },
	{ type: "wrong-schema" },
	{ type: "html" },
	{ type: "empty-choices" },
];

beforeAll(
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, pictures);
			const oracle = await startOracle(oracleFile, { garbleShare });
			writeConfig(folder, oracle.baseUrl, { rows });
			expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
			undisturbed = readProducts(join(folder, "run"));
			await oracle.close();
		}),
	120_000,
);

/** Each fault strikes every so many-th request the first time it comes: together, about half of all. */
function storm(share: number): FaultRule[] {
	return passing.map((fault) => ({ fault, share, times: 1 }));
}

test(
	"twenty faults at once, each of which passes, leave no trace",
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, pictures);
			const oracle = await startOracle(oracleFile, { garbleShare, faults: storm(0.03), seed: 4 });
			try {
				writeConfig(folder, oracle.baseUrl, { rows }, hasty);
				expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
				const { total, answered } = await oracle.stats();
				expect(total - answered).toBeGreaterThan(answered / 4);
				expect(readProducts(join(folder, "run"))).toEqual(undisturbed);
			} finally {
				await oracle.close();
			}
		}),
	120_000,
);

describe("an address behind which there is no teacher ends the run with exit 4 and names what failed", () => {
	test.each<[string, (port: number) => string, RegExp]>([
		["a name that nobody knows", () => "http://no-such-teacher.invalid/v1", /ENOTFOUND|EAI_AGAIN/],
		["https where http is spoken", (port) => `https://127.0.0.1:${port}/v1`, /SSL|TLS|wrong version|EPROTO|ECONNRESET/i],
		["something that speaks no HTTP", (port) => `http://127.0.0.1:${port}/v1`, /./],
	])("%s", async (_, address, cause) =>
		withFolder(async (folder) => {
			await writeShapesSource(folder, 4);
			const server = createServer((socket) => socket.on("error", () => {}).end("SSH-2.0-something\r\n"));
			await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
			try {
				writeConfig(folder, address((server.address() as AddressInfo).port), { rows: 2 }, { ...hasty, outageMs: 800 });
				const { code, err } = await runCandor(command, { cwd: folder });
				expect(code).toBe(4);
				expect(err).toMatch(cause);
				expect(err).toContain("teacher.baseUrl");
				expect(err).not.toMatch(/^\s+at /m);
			} finally {
				server.close();
			}
		}),
	);
});

test(
	"a server that closes idle connections at once, and sends no usage, is as good as another",
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, pictures);
			const oracle = await startOracle(oracleFile, { garbleShare, keepAliveMs: 1, sendsUsage: false });
			try {
				writeConfig(folder, oracle.baseUrl, { rows }, hasty);
				expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
				expect(readProducts(join(folder, "run"))).toEqual(undisturbed);
			} finally {
				await oracle.close();
			}
		}),
	120_000,
);

test(
	"a server that becomes slower and slower is not mistaken for one that is down",
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, pictures);
			const oracle = await startOracle(oracleFile, { garbleShare, slowdownMs: 2 });
			try {
				writeConfig(folder, oracle.baseUrl, { rows }, { ...hasty, timeoutMs: 20_000 });
				expect(await runCandor(command, { cwd: folder })).toMatchObject({ code: 0 });
				expect(readProducts(join(folder, "run"))).toEqual(undisturbed);
			} finally {
				await oracle.close();
			}
		}),
	120_000,
);
