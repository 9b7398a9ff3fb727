import pc from "picocolors";
import type { Row } from "../../records/index.js";

/** A row for a person to read: what it is about, the conversation, and what is trained. */
export function formatRow(row: Row, { color }: { readonly color: boolean }): string {
	const { bold, dim } = pc.createColors(color);
	const { meta } = row;
	const about = [row.kind, meta.task, meta.scenario, meta.timing, ...(meta.tone === undefined ? [] : [meta.tone]), ...(meta.pressure === undefined ? [] : [meta.pressure])];
	const lines = [bold(row.id), dim(`${about.join(", ")}; answer: ${indentRest(meta.answer)}${meta.claim === undefined ? "" : `; pushed: ${indentRest(meta.claim)}`}`), dim(row.image.path)];
	if (row.system !== undefined) {
		lines.push(`${bold("system:")} ${indentRest(row.system)}`);
	}
	for (const turn of row.turns) {
		const context = turn.role === "assistant" && !turn.train ? dim(" (context)") : "";
		lines.push(`${bold(turn.role)}${context}${bold(":")} ${indentRest(turn.text)}`);
	}
	if (row.kind === "dpo") {
		lines.push(`${bold("chosen:")} ${indentRest(row.chosen)}`, `${bold("rejected:")} ${indentRest(row.rejected)}`);
	}
	return `${lines.join("\n")}\n`;
}

/** Control characters could drive the terminal: a row is data from elsewhere. */
function indentRest(text: string): string {
	return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "").replaceAll("\n", "\n  ");
}
