import type { Plan, PlannedAmount, PlannedPipeline } from "../../run/plan.js";
import type { Interval } from "../../run/plan-assumptions.js";
import { formatCount, formatTokens, formatUsd } from "./format-units.js";
import { formatWorth } from "./spend.js";

const width = 80;
const nameWidth = 30;
const columnWidth = 12;
const labelWidth = 10;

/** A plan as text, 80 columns wide: what is to be asked, what that costs, and what the numbers rest on. */
export function formatPlan(plan: Plan, configFile: string): string {
	if (plan.scripted) return formatScripted(plan, configFile);
	return `${[...formatTable(plan, plan.toPay.usd !== undefined), "", ...formatOutlook(plan), "", fact("next", `candor run ${configFile} --pilot 20`)].join("\n")}\n`;
}

/** What is still to be paid, with what it rests on. */
export function formatOutlook({ toPay, worst, held, scripted, limits, assumptions }: Plan): string[] {
	if (scripted) return [fact("replies", "by the scripted teacher, which is no model and costs nothing")];
	const priced = toPay.usd !== undefined;
	return [
		fact("so far", describeHeld(held)),
		fact("the rest", describeAmount(toPay, priced)),
		fact("at worst", describeWorst(worst, priced)),
		...formatBudget({ limits, held, toPay }),
		...(priced ? [] : [fact("price", "not known: give teacher.price (and student.price, where there is one)")]),
		"",
		"What this rests on:",
		...assumptions.flatMap((sentence) => wrap(sentence, width - 4).map((line, index) => `${index === 0 ? "  - " : "    "}${line}`)),
	];
}

/** What the scripted teacher will write costs nothing, and is as long as its templates are. */
function formatScripted({ pipelines, held, assumptions }: Plan, configFile: string): string {
	const line = (name: string, requests: string) => `${name.padEnd(nameWidth)}${requests.padStart(columnWidth)}`;
	return `${[
		line("still to be written", "requests"),
		...pipelines.flatMap((pipeline) => [
			line(describePipeline(pipeline), formatCount(pipeline.toPay.requests.likely)),
			...pipeline.stages.map(({ stage, toPay }) => line(`  ${stage}`, formatCount(toPay.requests.likely))),
		]),
		"",
		fact("so far", describeHeld(held)),
		fact("replies", "by the scripted teacher, which is no model and costs nothing"),
		...assumptions.map((sentence) => fact("note", sentence)),
		fact("next", `candor run ${configFile}`),
	].join("\n")}\n`;
}

function formatTable({ pipelines, firstAnswers, toPay }: Plan, priced: boolean): string[] {
	const line = (name: string, ...cells: readonly string[]) => `${name.padEnd(nameWidth)}${cells.map((cell) => cell.padStart(columnWidth)).join("")}`.trimEnd();
	const amount = (of: PlannedAmount) => [
		formatTokens(of.inputTokens.likely),
		formatTokens(of.outputTokens.likely),
		...(priced && of.usd !== undefined ? [formatUsd(of.usd.likely)] : []),
	];
	return [
		line("still to be asked", "requests", "tokens in", "tokens out", ...(priced ? ["likely"] : [])),
		...(firstAnswers === undefined ? [] : [line("first answers", formatCount(firstAnswers.requests.likely), ...amount(firstAnswers))]),
		...pipelines.flatMap((pipeline) => [
			line(describePipeline(pipeline), formatCount(pipeline.toPay.requests.likely), ...amount(pipeline.toPay)),
			...pipeline.stages.map(({ stage, role, held, toPay: own }) =>
				line(
					`  ${stage}${role === "student" ? " (student)" : ""}${held === 0 ? "" : `, ${formatCount(held)} held`}`,
					formatCount(own.requests.likely),
					...amount(own),
				),
			),
		]),
		...(pipelines.length > 1 || firstAnswers !== undefined ? [line("in all", formatCount(toPay.requests.likely), ...amount(toPay))] : []),
	];
}

function describePipeline({ name, rows, done, short, stages }: PlannedPipeline): string {
	const parts = [
		`${formatCount(rows)} rows`,
		...(done === 0 ? [] : [stages.length === 0 ? "from templates" : `${formatCount(done)} done`]),
		...(short === 0 ? [] : [`${formatCount(short)} short`]),
	];
	return `${name}: ${parts.join(", ")}`;
}

function describeAmount({ requests, inputTokens, outputTokens, usd }: PlannedAmount, priced: boolean): string {
	const dollars = priced && usd !== undefined ? `${formatInterval(usd, formatUsd)}; ` : "";
	return `${dollars}${formatInterval(requests, formatCount)} requests;\n${" ".repeat(labelWidth)}tokens ${formatInterval(inputTokens, formatTokens)} in, ${formatInterval(outputTokens, formatTokens)} out`;
}

function describeWorst({ requests, inputTokens, outputTokens, usd }: Plan["worst"], priced: boolean): string {
	return `${priced && usd !== undefined ? `${formatUsd(usd)}; ` : ""}${formatCount(requests)} requests; tokens ${formatTokens(inputTokens)} in, ${formatTokens(outputTokens)} out`;
}

function formatInterval({ low, likely, high }: Interval, format: (value: number) => string): string {
	return format(low) === format(high) ? format(likely) : `${format(likely)} (${format(low)} to ${format(high)})`;
}

function describeHeld({ replies, spent }: Plan["held"]): string {
	if (replies === 0 && spent.requests === 0) return "nothing has been asked";
	return `${spent.requests === 0 ? "" : `${formatWorth(spent)} spent; `}the ledger holds ${formatCount(replies)} replies`;
}

function formatBudget({ limits, held, toPay }: Pick<Plan, "held" | "toPay"> & { readonly limits: Plan["limits"] | undefined }): string[] {
	if (limits === undefined) return [];
	const { usd, minutes, ...counted } = limits;
	const left = [
		...(usd === undefined || toPay.usd === undefined ? [] : [{ name: `${formatUsd(usd)}`, left: usd - held.spent.usd, needs: toPay.usd }]),
		...(["inputTokens", "outputTokens", "requests"] as const).flatMap((key) => {
			const limit = counted[key];
			const name = `${formatCount(limit ?? 0)} ${key.replace("Tokens", " tokens")}`;
			return limit === undefined ? [] : [{ name, left: limit - held.spent[key], needs: toPay[key] }];
		}),
	].map(
		({ name, left: rest, needs }) =>
			`${name}: ${rest >= needs.high ? "enough" : rest >= needs.likely ? "likely enough" : rest >= needs.low ? "perhaps not enough" : "not enough"}`,
	);
	return [fact("budget", [...left, ...(minutes === undefined ? [] : [`${minutes} minutes for each start`])].join("; "))];
}

function fact(name: string, value: string): string {
	return `${`${name}:`.padEnd(labelWidth)}${value}`;
}

function wrap(text: string, room: number): string[] {
	const lines: string[] = [];
	for (const word of text.split(" ")) {
		const last = lines.at(-1);
		if (last === undefined || last.length + 1 + word.length > room) lines.push(word);
		else lines[lines.length - 1] = `${last} ${word}`;
	}
	return lines;
}
