import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { packageFolder } from "../src/pipeline/package-folder.js";

const sourceSchema = z.looseObject({
	file: z.string(),
	title: z.string(),
	package: z.string(),
	package_version: z.string(),
	author: z.string().nullable(),
	licence: z.string(),
	source_url: z.string().optional(),
	changes: z.string(),
});
type Source = z.infer<typeof sourceSchema>;

const licenceAddresses: Readonly<Record<string, string>> = {
	"BSD-2-Clause": "https://opensource.org/license/bsd-2-clause",
	"CC-BY-2.0": "https://creativecommons.org/licenses/by/2.0/",
	"CC-BY-3.0": "https://creativecommons.org/licenses/by/3.0/",
	"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
	"CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
	"CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
};

/** The photographs that come with Candor, with what their licences ask to be said. */
export function readSources(): readonly Source[] {
	return z.array(sourceSchema).parse(JSON.parse(readFileSync(join(packageFolder(), "datasets", "sample", "sources.json"), "utf8")));
}

/** The sample's README: every photograph with author, licence, source and changes. */
export function renderAttributions(): string {
	const sources = readSources();
	const rows = sources.map((source) => {
		const cells = [
			`[${source.file}](photos/${source.file})`,
			escapeCell(source.title),
			author(source),
			licence(source),
			origin(source),
			escapeCell(source.changes),
		];
		return `| ${cells.join(" | ")} |`;
	});
	return `# The bundled sample

<!-- Written by scripts/write-attributions.ts from sources.json: edit that, then run npm run attributions. -->

${sources.length} photographs, and questions about them that people could answer by looking.

- \`photos/\`: the pictures.
- \`questions.jsonl\`: the questions, with answers, wrong answers, and \`evidence\`, what can be seen, which the scripted teacher quotes. They were written for Candor and come under its own [licence](../../LICENSE).
- \`sources.json\`: where each picture comes from.
- \`evidence/\`: the texts in which the packages that the pictures were taken from state their licences.

The photographs are not covered by Candor's licence: each keeps its own, as listed here. Rows that Candor makes hold copies of them; whoever passes those on passes these terms on with them.

| file | shows | author | licence | source | changes |
|---|---|---|---|---|---|
${rows.join("\n")}
`;
}

function author(source: Source): string {
	return source.author === null ? "not named" : escapeCell(source.author);
}

function licence({ licence: name }: Source): string {
	const address = licenceAddresses[name];
	return address === undefined ? name : `[${name}](${address})`;
}

function origin(source: Source): string {
	const from = `${source.package} ${source.package_version}`;
	return source.source_url === undefined ? from : `[page](${source.source_url.replaceAll("(", "%28").replaceAll(")", "%29")}), ${from}`;
}

function escapeCell(text: string): string {
	return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
