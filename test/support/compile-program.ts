import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import ts from "typescript";
import { packageFolder } from "../../src/pipeline/package-folder.js";

/** A build that takes longer than this has died. @unit milliseconds */
const patienceMs = 60_000;
/** Nothing runs from a build that is older. @unit milliseconds */
const oldMs = 3_600_000;

let folder: Promise<string> | undefined;

/**
 * The program and the tests' helpers as JavaScript, in a folder named by what they hold: a process that starts from there takes
 * half the time, and sees no edit that is made in the meantime. Types are not checked.
 */
export function compileProgram(): Promise<string> {
	folder ??= compile();
	return folder;
}

async function compile(): Promise<string> {
	const root = packageFolder();
	const files = ["src", "pipelines", join("test", "support")]
		.flatMap((name) => listSources(root, name))
		.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
	const digest = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 16);
	const cache = join(root, "node_modules", ".cache", "candor-tests");
	const target = join(cache, digest);
	if (existsSync(target)) return target;
	mkdirSync(cache, { recursive: true });
	const isMine = takeTurn(join(cache, `${digest}.building`));
	for (const endMs = Date.now() + patienceMs; !isMine && Date.now() < endMs && !existsSync(target); ) await sleep(50);
	if (existsSync(target)) return target;
	const building = join(cache, `${digest}.${process.pid}`);
	for (const { path, text } of files) {
		const file = join(building, path.replace(/\.ts$/, ".js"));
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(
			file,
			ts.transpileModule(text, {
				fileName: path,
				compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
			}).outputText,
		);
	}
	for (const other of readdirSync(cache)) {
		if (Date.now() - statSync(join(cache, other)).mtimeMs > oldMs) rmSync(join(cache, other), { recursive: true, force: true });
	}
	renameSync(building, target);
	rmSync(join(cache, `${digest}.building`), { recursive: true, force: true });
	return target;
}

function listSources(root: string, folderName: string): string[] {
	return readdirSync(join(root, folderName), { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".ts"))
		.sort()
		.map((name) => join(folderName, name));
}

function takeTurn(path: string): boolean {
	try {
		mkdirSync(path);
		return true;
	} catch {
		return false;
	}
}
