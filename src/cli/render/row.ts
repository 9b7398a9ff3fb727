import pc from "picocolors";
import type { Row } from "../../records/index.js";

/** A row for a person to read: what it is about, the conversation, and what is trained. */
export function formatRow(row: Row, { color }: { readonly color: boolean }): string {
	const { bold, dim, green, red } = pc.createColors(color);
	const { meta } = row;
	const about = [
		row.kind,
		meta.task,
		meta.scenario,
		meta.timing,
		...(meta.tone === undefined ? [] : [meta.tone]),
		...(meta.pressure === undefined ? [] : [meta.pressure]),
	];
	const lines = [
		bold(row.id),
		dim(`${about.join(", ")}; answer: ${indentRest(meta.answer)}${meta.claim === undefined ? "" : `; pushed: ${indentRest(meta.claim)}`}`),
		dim(row.image.path),
	];
	if (row.system !== undefined) {
		lines.push(`${bold("System:")} ${indentRest(row.system)}`);
	}
	for (const turn of row.turns) {
		if (turn.role === "user") {
			lines.push(`${bold("User:")} ${indentRest(turn.text)}`);
		} else if (!turn.train) {
			lines.push(`${bold("Assistant")}${dim(" (context, not trained)")}${bold(":")} ${indentRest(turn.text)}`);
		} else if (row.kind === "srt") {
			const { textualization, reflection, verdict, conclusion } = row.trace;
			lines.push(bold("Assistant:"), `  ${bold("Textualization:")} ${indentRest(textualization)}`);
			lines.push(`  ${bold("Reflection:")} ${indentRest(reflection)} ${dim(`(verdict: ${verdict})`)}`, `  ${bold("Conclusion:")} ${indentRest(conclusion)}`);
		} else {
			lines.push(`${bold("Assistant:")} ${indentRest(turn.text)}`);
		}
	}
	if (row.kind === "dpo") {
		lines.push(`${bold(green("Chosen:"))} ${indentRest(row.chosen)}`, `${bold(red("Rejected:"))} ${indentRest(row.rejected)}`);
	}
	return `${lines.join("\n")}\n`;
}

/** A text whose later lines are indented. Control characters could drive the terminal, and a row is data from elsewhere: they are left out. */
export function indentRest(text: string): string {
	return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "").replaceAll("\n", "\n  ");
}
