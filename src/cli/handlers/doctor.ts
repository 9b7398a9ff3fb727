import { loadConfig } from "../../config/index.js";
import { type ExitCode, exitCodes } from "../../records/index.js";
import type { DoctorArguments } from "../handlers.js";
import { isAbort, listenForInterrupts } from "../interrupt.js";
import { formatCost, formatFinding, formatNothingToCheck, formatServer } from "../render/doctor.js";
import { type Terminal, wantsColor } from "../terminal.js";

/** Says what the config's servers can do, each check as it ends. Exit 3 where one failed, 4 where a server is not to be had. */
export async function handleDoctor(given: DoctorArguments, terminal: Terminal): Promise<ExitCode> {
	const { config } = loadConfig({ file: given.config, env: terminal.env, flags: given.settings });
	const { examineServers } = await import("../../run/doctor/index.js");
	const style = { color: wantsColor(terminal.env, terminal.outIsTty), columns: terminal.columns() };
	const say = (text: string) => {
		if (!given.json) terminal.out(text);
	};
	const interrupts = listenForInterrupts(() => terminal.err("stopping\n"));
	try {
		const report = await examineServers(config, {
			env: terminal.env,
			student: given.student,
			signal: interrupts.signal,
			onServer: (server) => say(formatServer(server, style)),
			onFinding: (finding) => say(formatFinding(finding, style)),
		});
		if (given.json) terminal.out(`${JSON.stringify(report, undefined, 2)}\n`);
		else say(report.servers.length === 0 ? formatNothingToCheck() : formatCost(report.servers));
		return report.exitCode;
	} catch (thrown) {
		if (!isAbort(thrown, interrupts.signal)) throw thrown;
		return interrupts.exitCode() ?? exitCodes.interrupted;
	} finally {
		interrupts.stop();
	}
}
