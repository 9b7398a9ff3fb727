import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/index.js";
import { packageFolder } from "../../src/pipeline/package-folder.js";
import { exitCodes } from "../../src/records/index.js";
import { runConfig } from "../../src/run/run-config.js";
import { thrownBy } from "../shards/folders.js";
import { makeTdiuc } from "../support/make-tdiuc.js";

test.each(["mm-sy", "srt", "candor"])("%s says what to unpack, archive by archive", async (name) => {
	const folder = mkdtempSync(join(tmpdir(), "candor-missing-"));
	const datasets = join(folder, "datasets");
	mkdirSync(join(folder, "configs"));
	const file = join(folder, "configs", `${name}.yaml`);
	copyFileSync(join(packageFolder(), "configs", `${name}.yaml`), file);
	const expectRefusal = async (text: string, remedy: RegExp) => {
		const { signal } = new AbortController();
		const flags = [{ flag: "--out", path: "out", value: join(folder, "run") }];
		const events = { progress: () => {}, warn: () => {} };
		const error = await thrownBy(() => runConfig(loadConfig({ file, env: {}, flags }), { extend: false, events, signal }));
		expect(error).toMatchObject({ exitCode: exitCodes.configuration, remedy: expect.stringMatching(remedy) });
		expect(String(error)).toContain(text);
	};
	try {
		await expectRefusal(join(datasets, "TDIUC"), /TDIUC\.zip.*docs\/recipes\.md/);
		mkdirSync(join(datasets, "TDIUC"), { recursive: true });
		await expectRefusal("OpenEnded_mscoco_train2014_questions.json", /TDIUC\.zip/);
		await makeTdiuc(join(datasets, "TDIUC"), { seed: 1, questions: 600 });
		await expectRefusal("image_data.json", /image_data\.json\.zip/);
		mkdirSync(join(datasets, "visual-genome"));
		renameSync(join(datasets, "TDIUC", "image_data.json"), join(datasets, "visual-genome", "image_data.json"));
		await expectRefusal(join(datasets, "coco"), /train2014\.zip and val2014\.zip.*images\.zip and images2\.zip/);
		mkdirSync(join(datasets, "coco"));
		await expectRefusal("none of the", /train2014\.zip and val2014\.zip.*images\.zip and images2\.zip/);
	} finally {
		rmSync(folder, { recursive: true });
	}
});
