import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const tsx = join("node_modules", "tsx", "dist", "cli.mjs");
const runFile = promisify(execFile);

async function runShell(command: string): Promise<{ code: number; out: string; err: string }> {
	try {
		const { stdout, stderr } = await runFile("bash", ["-c", command], { env: { ...process.env, CANDOR: `${process.execPath} ${tsx} src/cli/main.ts` } });
		return { code: 0, out: stdout, err: stderr };
	} catch (thrown) {
		const failed = thrown as { code: number; stdout: string; stderr: string };
		return { code: failed.code, out: failed.stdout, err: failed.stderr };
	}
}

test("data on stdout, errors on stderr, the exit status from the consequence; a closed pipe ends quietly", async () => {
	const [help, bad, piped] = await Promise.all([
		runShell("$CANDOR --help"),
		runShell("$CANDOR run nowhere.yaml"),
		runShell("set -o pipefail; $CANDOR schema | head -c 1"),
	]);
	expect([help.code, help.err]).toEqual([0, ""]);
	expect(help.out).toMatch(/^candor <command>\n/);
	expect(bad).toEqual({ code: 2, out: "", err: "error: nowhere.yaml: no such file\nCheck the path, or write a starter config: candor init\n" });
	expect(piped).toEqual({ code: 0, out: "{", err: "" });
}, 20_000);

test("help waits for none of the heavy packages", () => {
	const seen = new Set<string>();
	const packages = new Set<string>();
	const visit = (file: string): void => {
		if (seen.has(file)) {
			return;
		}
		seen.add(file);
		for (const [, name = ""] of readFileSync(file, "utf8").matchAll(/^(?:import|export) (?!type )[^;]*?from "([^"]+)";/gms)) {
			if (name.startsWith(".")) {
				visit(join(dirname(file), name.replace(/\.js$/, ".ts")));
			} else if (!name.startsWith("node:")) {
				packages.add(name);
			}
		}
	};
	visit("src/cli/main.ts");
	expect([...seen].every((file) => existsSync(file))).toBe(true);
	expect([...packages].sort()).toEqual(["fastest-levenshtein", "picocolors", "yargs"]);
});
