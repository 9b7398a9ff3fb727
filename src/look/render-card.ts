import type { Row } from "../records/index.js";
import { escapeHtml } from "./escape-html.js";
import { explainScenario } from "./explain-scenario.js";
import { pipelineOf } from "./pipeline-of.js";

/** One row as an article: the picture and the facts, then the conversation. */
export function renderCard(row: Row, picture: string | undefined): string {
	const { meta } = row;
	const pipeline = escapeHtml(pipelineOf(row));
	const id = escapeHtml(row.id);
	const tags = [meta.timing, ...(meta.tone === undefined ? [] : [meta.tone]), ...(meta.pressure === undefined ? [] : [meta.pressure])];
	return `<article class="card" tabindex="-1" data-pipeline="${pipeline}" data-scenario="${meta.scenario}" aria-labelledby="${id}">
<div class="side">
${renderPicture(row, picture)}
${renderFacts(row)}
</div>
<div class="talk">
<header>
<p class="tags"><span class="tag pipeline">${pipeline}</span><span class="tag scenario">${meta.scenario}</span>${tags.map((tag) => `<span class="tag">${tag}</span>`).join("")}</p>
<h2 id="${id}">${id}</h2>
<p class="explained">${escapeHtml(explainScenario(meta))}</p>
</header>
${renderConversation(row)}
</div>
</article>`;
}

function renderPicture({ image, meta }: Row, picture: string | undefined): string {
	const { width, height, path } = image;
	return picture === undefined
		? `<p class="gone">There is no picture at ${escapeHtml(path)}.</p>`
		: `<img src="${picture}" width="${width}" height="${height}" loading="lazy" alt="The picture that is asked about: ${escapeHtml(meta.question)}" title="${escapeHtml(path)}">`;
}

function renderFacts({ meta }: Row): string {
	const written =
		meta.teacher === "templates"
			? "templates"
			: `${meta.teacher}${meta.hinted ? ", told the answer" : ""}${meta.attempts > 1 ? `, attempt ${meta.attempts}` : ""}`;
	const facts: readonly (readonly [string, string | undefined])[] = [
		["Right answer", meta.answer],
		["First answer", meta.firstAnswer],
		["User pushes", meta.claim],
		["Task", meta.task],
		["Question", `${meta.source} / ${meta.questionId}`],
		["Written by", written],
	];
	return `<dl>${facts.map(([name, value]) => (value === undefined ? "" : `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd></div>`)).join("")}</dl>`;
}

function renderConversation(row: Row): string {
	const parts = row.system === undefined ? [] : [renderBubble("system", "System", escapeHtml(row.system))];
	for (const turn of row.turns) {
		if (turn.role === "user") parts.push(renderBubble("user", "User", escapeHtml(turn.text)));
		else if (!turn.train) parts.push(renderBubble("assistant context", 'Assistant <span class="note">context, not trained</span>', escapeHtml(turn.text)));
		else
			parts.push(
				renderBubble("assistant trained", `Assistant ${mark("check", "trained")}`, row.kind === "srt" ? renderTrace(row.trace) : escapeHtml(turn.text)),
			);
	}
	if (row.kind !== "dpo") return parts.join("\n");
	return `${parts.join("\n")}
<div class="pair">
${renderBubble("assistant chosen", mark("check", "chosen"), escapeHtml(row.chosen))}
${renderBubble("assistant rejected", mark("cross", "rejected"), escapeHtml(row.rejected))}
</div>`;
}

function renderBubble(classes: string, speaker: string, html: string): string {
	return `<div class="bubble ${classes}"><p class="who">${speaker}</p><div class="text">${html}</div></div>`;
}

function renderTrace({ textualization, reflection, verdict, conclusion }: Extract<Row, { kind: "srt" }>["trace"]): string {
	const part = (name: string, text: string) => `<section><h3>${name}</h3><p>${escapeHtml(text)}</p></section>`;
	return `${part("Textualization", textualization)}${part(`Reflection <span class="note">verdict: ${verdict}</span>`, reflection)}${part("Conclusion", conclusion)}`;
}

/** A word with an icon of its own: colour alone would say nothing to some. */
function mark(icon: "check" | "cross", word: string): string {
	const path = icon === "check" ? "M3 8.5l3.2 3.2L13 4.8" : "M4 4l8 8M12 4l-8 8";
	return `<span class="mark"><svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>${word}</span>`;
}
