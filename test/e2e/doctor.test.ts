import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withFolder } from "../support/open-stack.js";
import { runCandor } from "../support/run-candor.js";
import { startServerKindProcess } from "../support/start-server-kind.js";

const key = "sk-doctor-0123456789abcdef";

function writeDoctorConfig(folder: string, baseUrl: string): void {
	const teacher = { type: "openai", baseUrl, model: "fake-vlm", apiKeyEnv: "DOCTOR_KEY", structuredOutput: "guided-json" };
	writeFileSync(join(folder, "candor.json"), JSON.stringify({ out: "run", source: { type: "sample" }, teacher }));
}

test(
	"a table with what to do, 3 for a failed check, 4 for a server that is gone; flags and --json; never the key, never a file",
	() =>
		withFolder(async (folder) => {
			const server = await startServerKindProcess({ key, dialects: ["json-schema"], models: ["fake-vlm", "other"] });
			writeDoctorConfig(folder, server.baseUrl);
			const options = { cwd: folder, env: { DOCTOR_KEY: key } };
			const failed = await runCandor(["doctor", "candor.json"], options);
			expect(failed).toMatchObject({ code: 3, err: "" });
			expect(failed.out).toContain(`teacher: fake-vlm at ${server.baseUrl}\n`);
			expect(failed.out).toMatch(/^vision {13}ok {7}sees both test pictures/m);
			expect(failed.out).toMatch(/^structured output {2}fail {5}json-schema works, guided-json refused/m);
			expect(failed.out).toContain("→ teacher.structuredOutput: json-schema\n");
			expect(failed.out).toMatch(/\ntook: \d+ requests, [\d,]+ tokens in, \d+ out\n$/);
			expect(Math.max(...failed.out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);

			const asJson = await runCandor(["doctor", "candor.json", "--json", "--teacher.model", "other"], options);
			expect(asJson).toMatchObject({ code: 3, err: "" });
			expect(JSON.parse(asJson.out)).toMatchObject({ exitCode: 3, servers: [{ path: "teacher", model: "other", findings: expect.any(Array) }] });

			const missing = await runCandor(["doctor", "candor.json", "--student"], options);
			expect(missing).toMatchObject({ code: 2, out: "" });
			expect(missing.err).toContain("student.baseUrl");

			await server.close();
			const gone = await runCandor(["doctor", "candor.json"], options);
			expect(gone.code).toBe(4);
			expect(gone.out).toContain("ECONNREFUSED");
			expect(gone.out).toContain("teacher: the checks after address are left out until that is mended");
			for (const { out, err } of [failed, asJson, missing, gone]) expect(out + err).not.toContain(key);
		}),
	120_000,
);

test("a scripted teacher: nothing to check", () =>
	withFolder(async (folder) => {
		writeFileSync(join(folder, "candor.json"), JSON.stringify({ out: "run", source: { type: "sample" } }));
		const done = await runCandor(["doctor", "candor.json"], { cwd: folder });
		expect(done).toMatchObject({ code: 0, err: "" });
		expect(done.out).toContain("nothing to check");
	}));
