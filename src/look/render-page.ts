import { createHash } from "node:crypto";
import { type Row, scenarios } from "../records/index.js";
import { escapeHtml } from "./escape-html.js";
import { pageScript } from "./page-script.js";
import { pageStyle } from "./page-style.js";
import { pipelineOf } from "./pipeline-of.js";
import { renderCard } from "./render-card.js";

export interface PageInput {
	/** What the page is called: the run's name. */
	readonly name: string;
	/** What the run holds in all, of which the rows are a few. */
	readonly totals: readonly { readonly pipeline: string; readonly rows: number; readonly scenarios: Readonly<Record<string, number>> }[];
	readonly rows: readonly Row[];
	/** Data URLs by the picture's path; a picture that is missing is said to be. */
	readonly pictures: ReadonlyMap<string, string | undefined>;
}

/** A page that stands alone. Texts are escaped, and its policy lets the browser run and load nothing but what stands in it. */
export function renderPage({ name, totals, rows, pictures }: PageInput): string {
	const title = escapeHtml(name);
	const all = totals.reduce((sum, total) => sum + total.rows, 0);
	const policy = `default-src 'none'; img-src data:; style-src ${hashOf(pageStyle)}; script-src ${hashOf(pageScript)}; base-uri 'none'; form-action 'none'`;
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}: preview</title>
<style>${pageStyle}</style>
</head>
<body>
<div class="top">
<h1>${title}</h1>
<p class="lead">${formatCount(rows.length, "row")} drawn from ${all.toLocaleString("en-US")}. First answers are context and are not trained; many of them are wrong on purpose.</p>
${renderCounts(totals)}
</div>
<div class="filters"><form hidden>
${renderFilter("pipeline", "Pipeline", unique(rows.map(pipelineOf)))}
<output aria-live="polite"></output>
${renderFilter(
	"scenario",
	"Scenario",
	scenarios.filter((scenario) => rows.some(({ meta }) => meta.scenario === scenario)),
)}
</form></div>
<main>
${rows.map((row) => renderCard(row, pictures.get(row.image.path))).join("\n")}
<p class="none-left" hidden>No row that was drawn is both.</p>
</main>
<footer><kbd>j</kbd> and <kbd>k</kbd> go to the next row and back.</footer>
<script>${pageScript}</script>
</body>
</html>
`;
}

function renderCounts(totals: PageInput["totals"]): string {
	if (totals.length === 0) return "";
	const columns = scenarios.filter((scenario) => totals.some((total) => total.scenarios[scenario] !== undefined));
	const cell = (count: number | undefined) => (count === undefined ? '<td class="none">&ndash;</td>' : `<td>${count.toLocaleString("en-US")}</td>`);
	const body = totals.map(
		({ pipeline, rows, scenarios: counts }) =>
			`<tr><th scope="row">${escapeHtml(pipeline)}</th>${cell(rows)}${columns.map((scenario) => cell(counts[scenario])).join("")}</tr>`,
	);
	return `<div class="counts" tabindex="0" role="region" aria-label="Rows by pipeline and scenario"><table>
<thead><tr><th scope="col"></th><th scope="col">rows</th>${columns.map((scenario) => `<th scope="col">${scenario}</th>`).join("")}</tr></thead>
<tbody>${body.join("")}</tbody>
</table></div>`;
}

function renderFilter(name: string, legend: string, values: readonly string[]): string {
	const chip = (value: string, label: string, checked = "") =>
		`<label class="chip"><input type="radio" name="${name}" value="${escapeHtml(value)}"${checked}><span>${escapeHtml(label)}</span></label>`;
	return `<fieldset><legend>${legend}</legend>${chip("", `every ${name}`, " checked")}${values.map((value) => chip(value, value)).join("")}</fieldset>`;
}

function hashOf(text: string): string {
	return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function unique(values: readonly string[]): string[] {
	return [...new Set(values)];
}

function formatCount(count: number, noun: string): string {
	return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
