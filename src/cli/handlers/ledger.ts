import pc from "picocolors";
import { type ExitCode, exitCodes } from "../../records/errors.js";
import { exportLedger } from "../../run/ledger-export.js";
import { type AbsorbedLedger, importLedger, mergeLedgers } from "../../run/ledger-import.js";
import { describeLedger } from "../../run/ledger-stats.js";
import { verifyLedger } from "../../run/ledger-verify.js";
import { writeFileAtomic } from "../../shards/index.js";
import type { LedgerArguments } from "../handlers.js";
import { formatAbsorbed, formatLedgerReport, formatLedgerStats } from "../render/ledger.js";
import { type Terminal, wantsColor } from "../terminal.js";

/** What a ledger holds, whether it is whole, and its way out and in again. Exit 3 where entries or lines cannot be used. */
export async function handleLedger(given: LedgerArguments, terminal: Terminal): Promise<ExitCode> {
	const print = (value: object, text: string) => terminal.out(given.json ? `${JSON.stringify(value, undefined, 2)}\n` : text);
	switch (given.action) {
		case "stats": {
			const stats = await describeLedger(given.run);
			print(stats, formatLedgerStats(stats));
			return exitCodes.ok;
		}
		case "verify": {
			const report = await verifyLedger(given.run, given.dropDamaged);
			print(report, formatLedgerReport(report));
			return report.damaged + report.forbidden > report.dropped ? exitCodes.gateFailed : exitCodes.ok;
		}
		case "export":
			return handleExport(given, terminal);
		case "import":
			return tellAbsorbed(await importLedger(given.run, given.file), given.json, terminal);
		case "merge":
			return tellAbsorbed(await mergeLedgers(given.run, given.others), given.json, terminal);
	}
}

async function handleExport({ run, out, json }: LedgerArguments & { action: "export" }, terminal: Terminal): Promise<ExitCode> {
	const exported = await exportLedger(run, async (pieces) => {
		if (out !== undefined) return writeFileAtomic(out, pieces);
		for await (const piece of pieces) {
			terminal.out(piece);
			await terminal.drained?.();
		}
	});
	const { entries, grants, damaged } = exported;
	// Where the lines themselves go to standard output, nothing else does.
	if (json && out !== undefined) terminal.out(`${JSON.stringify({ ...exported, out }, undefined, 2)}\n`);
	else terminal.err(`${entries} entries${grants === 0 ? "" : ` and ${grants} granted attempts`}${out === undefined ? "" : ` written to ${out}`}\n`);
	if (damaged > 0) warn(`${damaged} damaged entries were left out: candor ledger verify names them`, terminal);
	return exitCodes.ok;
}

function tellAbsorbed(absorbed: AbsorbedLedger, json: boolean, terminal: Terminal): ExitCode {
	for (const problem of absorbed.problems) warn(problem, terminal);
	const more = absorbed.bad - absorbed.problems.length;
	if (more > 0) warn(`${more} more that cannot be used`, terminal);
	terminal.out(json ? `${JSON.stringify(absorbed, undefined, 2)}\n` : formatAbsorbed(absorbed));
	return absorbed.bad > 0 ? exitCodes.gateFailed : exitCodes.ok;
}

function warn(message: string, terminal: Terminal): void {
	const { yellow } = pc.createColors(wantsColor(terminal.env, terminal.errIsTty));
	terminal.err(yellow(`warning: ${message}\n`));
}
