import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { type LedgerEntry, openLedger } from "../../src/teacher/index.js";
import { compileProgram } from "../support/compile-program.js";
import { makeRequest } from "../support/make-request.js";
import { withFolder } from "../support/open-stack.js";

const entryCount = 100_000;
/** What the program itself takes, and a little more; the entries' text is many times as much. @unit MiB */
const heapMiB = 64;

/** Entries as long as a real reply with its prompt. */
function makeEntry(index: number): LedgerEntry {
	const { model, sampling, messages, attempt } = makeRequest(`${index} ${"What does the picture show? ".repeat(30)}`);
	return {
		key: index.toString(16).padStart(64, "0"),
		answer: { type: "reply", text: `${index} ${"A red square on a green ground. ".repeat(20)}`, finishReason: "stop", latencyMs: 1 + (index % 1000) },
		request: {
			model,
			sampling,
			attempt,
			messages: messages.map(({ role, content }) => ({ role, content: content.flatMap((part) => (part.type === "text" ? [part] : [])) })),
		},
		about: { pipeline: "sft", stage: "respond", group: `g${index}` },
		at: "2026-01-01T00:00:00.000Z",
	};
}

test(
	"a hundred thousand entries go through a small heap",
	() =>
		withFolder(async (folder) => {
			const ledger = openLedger(join(folder, "a", "ledger"));
			for (let from = 0; from < entryCount; from += 5000) await ledger.change(Array.from({ length: 5000 }, (_, index) => makeEntry(from + index)));
			await ledger.close();
			const main = join(await compileProgram(), "src", "cli", "main.js");
			const candor = async (...args: string[]) => {
				const { stdout } = await promisify(execFile)(process.execPath, [`--max-old-space-size=${heapMiB}`, main, "ledger", ...args, "--json"], { cwd: folder });
				return JSON.parse(stdout);
			};
			expect(await candor("stats", "a")).toMatchObject({ entries: entryCount, replies: entryCount });
			expect(await candor("verify", "a")).toMatchObject({ entries: entryCount, damaged: 0 });
			expect(await candor("export", "a", "--out", "a.jsonl")).toMatchObject({ entries: entryCount });
			expect(statSync(join(folder, "a.jsonl")).size).toBeGreaterThan(2 * heapMiB * 1024 * 1024);
			expect(await candor("import", "b", "a.jsonl")).toMatchObject({ added: entryCount, bad: 0 });
			expect(await candor("merge", "c", "b")).toMatchObject({ added: entryCount });
		}),
	600_000,
);
