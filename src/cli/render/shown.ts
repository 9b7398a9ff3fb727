import pc from "picocolors";
import type { Candidate, Row } from "../../records/index.js";
import type { ShownCandidate, ShownExchange, ShownRow } from "../../run/show-row.js";
import { formatRow, indentRest } from "./row.js";

interface Style {
	readonly color: boolean;
}

/** Where a row came from, for a person to read: the candidate, then for each pipeline what was asked, what the rules said and what came of it. */
export function formatShown({ group, candidate, rows, notes }: ShownCandidate, style: Style): string {
	const { yellow } = pc.createColors(style.color);
	const row = rows.find((shown) => shown.row !== undefined)?.row;
	const origin = candidate === undefined ? (row === undefined ? [] : formatMeta(row, style)) : formatCandidate(candidate, style);
	const parts = [heading(`candidate ${group}`, style), ...origin, ...notes.map((note) => yellow(indentRest(note))), ""];
	return `${[...parts, ...rows.flatMap((shown) => [...formatShownRow(shown, style), ""])].join("\n").trimEnd()}\n`;
}

function formatCandidate({ question, cell, rank, dialogue, options, turns }: Candidate, style: Style): string[] {
	const { dim } = pc.createColors(style.color);
	const answered = cell.answer === undefined ? "" : `, answer ${cell.answer}`;
	return [
		fact("question", question.text, style),
		fact("from", `${question.source}, ${question.id}, ${question.image}`, style),
		fact("gold", question.answer, style),
		fact("options", options.join(", "), style),
		fact("cell", `${cell.task}, ${cell.scenario}, ${cell.timing}${answered}; rank ${rank}; dialogue ${dialogue}`, style),
		...turns.map(({ role, text }) => `${dim(role === "user" ? "  User:" : "  Assistant:")} ${deepen(text)}`),
	];
}

/** What the row itself says, where its candidate is not to be had. */
function formatMeta({ meta }: Row, style: Style): string[] {
	return [
		fact("question", meta.question, style),
		fact("from", `${meta.source}, ${meta.questionId}`, style),
		fact("gold", meta.answer, style),
		fact("cell", `${meta.task}, ${meta.scenario}, ${meta.timing}`, style),
	];
}

function formatShownRow(shown: ShownRow, style: Style): string[] {
	const { bold, dim, green, red, yellow } = pc.createColors(style.color);
	const { id, where, row, rejection, attempts, rules, failedDrafts, exchanges, usage, notes } = shown;
	const lines = [heading(`${id}${where === undefined ? "" : dim(`  ${where}`)}`, style), ...notes.map((note) => yellow(indentRest(note)))];
	if (exchanges.length === 0 && row?.meta.teacher === "templates") lines.push(dim("No teacher was asked: its replies are templates."));
	lines.push(...exchanges.flatMap((exchange, index) => formatExchange(exchange, exchanges[index - 1], index + 1, style)));
	if (usage !== undefined) lines.push(`${bold("tokens")} ${usage.inputTokens} in, ${usage.outputTokens} out`);
	for (const faults of failedDrafts) lines.push(...faults.map(({ reason, detail }) => `${yellow(`not taken: ${reason}`)} ${indentRest(detail)}`));
	if (rules !== undefined) {
		lines.push(`${bold("rules")} ${green(`${rules.passed.length} passed`)}${dim(`: ${rules.passed.join(", ")}`)}`);
		lines.push(...rules.failed.map(({ reason, detail }) => `${red(`failed: ${reason}`)} ${indentRest(detail)}`));
	}
	if (rejection !== undefined)
		lines.push(`${red(`rejected: ${rejection.reason}`)} after ${attempts === 1 ? "1 attempt" : `${attempts} attempts`}: ${indentRest(rejection.detail)}`);
	if (row !== undefined) lines.push(bold("row"), formatRow(row, style).trimEnd());
	return lines;
}

/** What a stage says again of the one before it is not said again here. */
function formatExchange(exchange: ShownExchange, before: ShownExchange | undefined, number: number, style: Style): string[] {
	const { stage, attempt, model, messages, answer, askedFor } = exchange;
	const { bold, cyan, dim, green, red } = pc.createColors(style.color);
	const shared = askedFor === undefined ? "" : `, first asked for ${askedFor}`;
	const repeated = before === undefined ? 0 : countRepeated(messages, before);
	const above = repeated === 0 ? [] : [dim(`  the messages of ${number - 1} and its reply, then`)];
	const asked = messages
		.slice(repeated)
		.map(
			({ role, content }) => `${dim(`  ${role}:`)} ${deepen(content.map((part) => (part.type === "text" ? part.text : `[picture ${part.path}]`)).join("\n"))}`,
		);
	const replied =
		answer.type === "reply"
			? `${green("  reply:")} ${deepen(answer.text)}${answer.finishReason === "stop" ? "" : dim(` (${answer.finishReason})`)}`
			: `${red(`  failed: ${answer.reason}`)} ${deepen(answer.detail)}`;
	const latency = answer.type === "reply" && answer.latencyMs !== undefined ? `, ${Math.round(answer.latencyMs)} ms` : "";
	return [`${bold(cyan(`${number}. ${stage}`))}${dim(`, attempt ${attempt}, ${model}${latency}${shared}`)}`, ...above, ...asked, replied];
}

/** How many messages are those of the exchange before, with its reply as the last of them; none where they are others. */
function countRepeated(messages: ShownExchange["messages"], { messages: before, answer }: ShownExchange): number {
	const isSame = before.every((message, index) => JSON.stringify(message) === JSON.stringify(messages[index]));
	const [reply] = messages[before.length]?.content ?? [];
	return isSame && reply?.type === "text" && answer.type === "reply" && reply.text === answer.text ? before.length + 1 : 0;
}

function heading(text: string, style: Style): string {
	return pc.createColors(style.color).bold(text);
}

function fact(name: string, value: string, style: Style): string {
	return `${pc.createColors(style.color).dim(`  ${name}:`)} ${deepen(value)}`;
}

function deepen(text: string): string {
	return indentRest(text).replaceAll("\n", "\n  ");
}
