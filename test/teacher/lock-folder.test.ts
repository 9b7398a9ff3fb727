import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CandorError } from "../../src/records/index.js";
import { lockFolder } from "../../src/teacher/lock-folder.js";
import { withFolder } from "../support/open-stack.js";

function errorOf(act: () => unknown): CandorError {
	try {
		act();
	} catch (error) {
		if (error instanceof CandorError) return error;
		throw error;
	}
	throw new Error("nothing was thrown");
}

test("a lock names its process and its machine, and is gone once it is given back", () =>
	withFolder(async (folder) => {
		const unlock = lockFolder(folder);
		expect(JSON.parse(readFileSync(join(folder, "lock"), "utf8"))).toMatchObject({ pid: process.pid, host: hostname() });
		unlock();
		expect(readdirSync(folder)).toEqual([]);
	}));

test("a lock of another machine is never taken over, whatever its process id is here", () =>
	withFolder(async (folder) => {
		const text = JSON.stringify({ pid: 999_999_999, started: "1", host: "node-17" });
		writeFileSync(join(folder, "lock"), text);
		const error = errorOf(() => lockFolder(folder));
		expect(error.exitCode).toBe(2);
		expect(error.message).toBe(`${folder} is in use by a run on the machine node-17 (process 999999999), or one ended there without giving it back`);
		expect(error.remedy).toContain(`remove ${join(folder, "lock")}`);
		expect(readFileSync(join(folder, "lock"), "utf8")).toBe(text);
		expect(readdirSync(folder)).toEqual(["lock"]);
	}));

test.each([
	["that says no machine, as older ones", { pid: 999_999_999 }],
	["of this machine", { pid: 999_999_999, host: hostname() }],
	["whose process id another process has by now", { pid: process.pid, started: "1", host: hostname() }],
])("a dead lock %s is taken over", (_, holder) =>
	withFolder(async (folder) => {
		writeFileSync(join(folder, "lock"), JSON.stringify(holder));
		lockFolder(folder)();
		expect(existsSync(join(folder, "lock"))).toBe(false);
	}),
);

test("of several processes that find a dead lock at once, one gets the folder", () =>
	withFolder(async (folder) => {
		const program = join(folder, "take.mts");
		const module = new URL("../../src/teacher/lock-folder.ts", import.meta.url).href;
		// Each keeps what it got until the test ends: a second success could only be a theft.
		writeFileSync(
			program,
			`import { lockFolder } from ${JSON.stringify(module)};
			process.stdout.write("ready\\n");
			process.stdin.once("data", () => {
				try { lockFolder(${JSON.stringify(folder)}); process.stdout.write("taken\\n"); } catch { process.stdout.write("refused\\n"); }
			});
			process.stdin.once("end", () => process.exit());`,
		);
		writeFileSync(join(folder, "lock"), JSON.stringify({ pid: 999_999_999, host: hostname() }));
		const children = Array.from({ length: 4 }, () => spawn(process.execPath, ["--import", "tsx", program], { stdio: ["pipe", "pipe", "inherit"] }));
		const say = async (child: (typeof children)[number]) => String((await once(child.stdout, "data"))[0]).trim();
		await Promise.all(children.map(say));
		const said = Promise.all(children.map(say));
		for (const child of children) child.stdin.write("go");
		expect((await said).sort()).toEqual(["refused", "refused", "refused", "taken"]);
		const exits = children.map((child) => once(child, "exit"));
		for (const child of children) child.stdin.end();
		await Promise.all(exits);
	}));

test("a folder that cannot be written is said so, with what to do", () =>
	withFolder(async (folder) => {
		const error = errorOf(() => lockFolder(join(folder, "absent")));
		expect([error.exitCode, error.message]).toEqual([2, expect.stringMatching(/absent cannot be written \(ENOENT/)]);
		expect(error.remedy).toMatch(/writable/);
	}));
