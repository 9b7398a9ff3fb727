import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { open } from "lmdb";
import { expect, test } from "vitest";
import { z } from "zod";
import { CandorError } from "../../src/records/index.js";
import { createEntry, openLedger, openLedgerForReading, requestKey, type TeacherReply } from "../../src/teacher/index.js";
import { makeImageRef, makeRequest } from "../support/make-request.js";
import { withFolder } from "../support/open-stack.js";

const reply: TeacherReply = { type: "reply", text: "red", finishReason: "stop", usage: { inputTokens: 3, outputTokens: 1 }, latencyMs: 5 };

function makeEntry(text: string) {
	const request = makeRequest(text, { image: makeImageRef(), schema: { name: "answer", json: { type: "object" } }, salt: "s" });
	return createEntry(requestKey(request), request, reply);
}

test("an entry survives closing and opening again", () =>
	withFolder(async (folder) => {
		const path = join(folder, "run-v1.2", "ledger");
		const entry = makeEntry("a");
		const ledger = openLedger(path);
		await ledger.put(entry.key, entry);
		expect(ledger.get(entry.key)).toEqual(entry);
		await ledger.close();
		const again = openLedger(path);
		expect(again.get(entry.key)).toEqual(entry);
		expect(again.count()).toBe(1);
		expect([...again.entries()]).toEqual([entry]);
		expect(again.get("absent")).toBeUndefined();
		await again.close();
		expect(existsSync(join(path, "lock"))).toBe(false);
	}));

test("an entry names pictures by hash and path and the schema by name", () => {
	const { request } = makeEntry("a");
	expect(request.schema).toBe("answer");
	expect(request.messages[1]?.content[0]).toEqual({ type: "image", path: makeImageRef().path, sha256: makeImageRef().sha256 });
});

test("what was committed survives a kill, and its lock is taken over", () =>
	withFolder(async (folder) => {
		const program = join(folder, "write.mts");
		const ledgerModule = new URL("../../src/teacher/ledger.ts", import.meta.url).href;
		writeFileSync(
			program,
			`import { openLedger } from ${JSON.stringify(ledgerModule)};
			const entry = ${JSON.stringify(makeEntry("a"))};
			const ledger = openLedger(${JSON.stringify(join(folder, "ledger"))});
			await ledger.put(entry.key, entry);
			process.stdout.write("committed");
			setInterval(() => {}, 1000);`,
		);
		const child = spawn(process.execPath, ["--import", "tsx", program], { stdio: ["ignore", "pipe", "inherit"] });
		await once(child.stdout, "data");
		const attempt = () => openLedger(join(folder, "ledger"));
		expect(attempt).toThrow(CandorError);
		expect(attempt).toThrow(new RegExp(`${join(folder, "ledger")}.*${child.pid}`));
		const reader = openLedgerForReading(join(folder, "ledger"));
		expect(reader.count()).toBe(1);
		await reader.close();
		child.kill("SIGKILL");
		await once(child, "exit");
		const ledger = openLedger(join(folder, "ledger"));
		expect(ledger.get(makeEntry("a").key)?.answer).toEqual(reply);
		await ledger.close();
	}));

test("one folder has one writer, also within a process", () =>
	withFolder(async (folder) => {
		const ledger = openLedger(folder);
		expect(() => openLedger(folder)).toThrow(/in use by another run/);
		expect(JSON.parse(readFileSync(join(folder, "lock"), "utf8")).pid).toBe(process.pid);
		await ledger.close();
	}));

test.each(["", "rubbish", '{"pid":999999999}', JSON.stringify({ pid: process.pid, started: "1" })])("a lock %j that nobody holds is taken over", (lock) =>
	withFolder(async (folder) => {
		writeFileSync(join(folder, "lock"), lock);
		const ledger = openLedger(folder);
		await ledger.close();
		expect(existsSync(join(folder, "lock"))).toBe(false);
	}),
);

test("damaged entries are counted once and treated as absent", () =>
	withFolder(async (folder) => {
		const whole = makeEntry("a");
		const database = open<string, string>({ path: folder, noSubdir: false, encoding: "string", compression: true });
		await database.put("broken", '{"key":"bro');
		await database.put("odd", '{"key":"odd","answer":{"type":"reply"}}');
		const seal = (text: string) => `${createHash("sha256").update(text).digest("hex").slice(0, 16)}${text}`;
		await database.put("moved", seal(JSON.stringify(whole)));
		await database.put("altered", seal(JSON.stringify({ ...whole, key: "altered" })).replace("reply", "repli"));
		await database.put(whole.key, seal(JSON.stringify({ ...whole, later: true })));
		await database.close();
		const ledger = openLedger(folder);
		for (const key of ["broken", "odd", "moved", "altered", "broken"]) expect(ledger.get(key)).toBeUndefined();
		expect(ledger.damagedCount()).toBe(4);
		expect([...ledger.entries()]).toEqual([whole]);
		await ledger.put("broken", { ...whole, key: "broken" });
		expect(ledger.get("broken")?.answer).toEqual(reply);
		await ledger.close();
	}));

test("a reader sees what is written while it is open", () =>
	withFolder(async (folder) => {
		const ledger = openLedger(folder);
		await ledger.put(makeEntry("a").key, makeEntry("a"));
		const reader = openLedgerForReading(folder);
		expect(reader.count()).toBe(1);
		await ledger.put(makeEntry("b").key, makeEntry("b"));
		await new Promise((resolve) => setTimeout(resolve, 5));
		expect(reader.get(makeEntry("b").key)?.answer).toEqual(reply);
		await reader.close();
		await ledger.close();
	}));

test("a file that is no ledger, and a folder without one, are said so", () =>
	withFolder(async (folder) => {
		expect(() => openLedgerForReading(folder)).toThrow(/holds no ledger/);
		for (const content of ["x", "x".repeat(20_000)]) {
			writeFileSync(join(folder, "data.mdb"), content);
			expect(() => openLedger(folder)).toThrow(/cannot be opened/);
		}
		expect(existsSync(join(folder, "lock"))).toBe(false);
	}));

test.runIf(process.platform === "linux")("a lock whose holder is dead but not yet buried is taken over", () =>
	withFolder(async (folder) => {
		// The shell has become something else by the time that its child ends, and that never asks after it: a zombie.
		const parent = spawn("sh", ["-c", "sleep 0.5 & echo $!; exec sleep 30"], { stdio: ["ignore", "pipe", "ignore"] });
		const [line] = await once(parent.stdout, "data");
		const pid = Number(String(line));
		await expect.poll(() => readFileSync(`/proc/${pid}/stat`, "utf8")).toContain(") Z ");
		writeFileSync(join(folder, "lock"), JSON.stringify({ pid }));
		const ledger = openLedger(folder);
		await ledger.close();
		parent.kill("SIGKILL");
	}),
);

test("tables lie beside the replies, survive opening again, and are not taken for replies", () =>
	withFolder(async (folder) => {
		const amount = z.object({ usd: z.number() });
		const ledger = openLedger(folder);
		const entry = makeEntry("a");
		const spent = ledger.table("spent", amount);
		await spent.put("run", { usd: 1 });
		await ledger.table("spent2", amount).put("run", { usd: 9 });
		await ledger.atomically(() => {
			void ledger.put(entry.key, entry);
			void spent.put("run", { usd: 2 });
			void spent.put("b", { usd: 3 });
			void spent.remove("b");
		});
		await ledger.close();
		const again = openLedgerForReading(folder);
		expect(again.count()).toBe(1);
		expect([...again.entries()]).toEqual([entry]);
		expect([...again.readTable("spent", amount).entries()]).toEqual([["run", { usd: 2 }]]);
		expect(again.readTable("spent", z.object({ other: z.string() })).get("run")).toBeUndefined();
		expect(again.readTable("none", amount).get("run")).toBeUndefined();
		await again.close();
	}));

test("a database that was cut short, or is empty, is refused before LMDB takes the process down with it", () =>
	withFolder(async (folder) => {
		const ledger = openLedger(folder);
		const entries = Array.from({ length: 300 }, (_, index) => makeEntry(`${index} ${randomBytes(8000).toString("hex")}`));
		await ledger.atomically(() => {
			for (const entry of entries) void ledger.put(entry.key, entry);
		});
		await ledger.close();
		const file = join(folder, "data.mdb");
		await truncate(file, statSync(file).size / 2);
		expect(() => openLedgerForReading(folder)).toThrow(/cut short/);
		expect(() => openLedger(folder)).toThrow(/cut short/);
		await truncate(file, 0);
		expect(() => openLedgerForReading(folder)).toThrow(/cut short/);
	}));
