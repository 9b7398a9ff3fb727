import { join } from "node:path";
import type { Config } from "../../config/index.js";
import { loadPrompt } from "../../pipeline/load-prompt.js";
import { packageFolder } from "../../pipeline/package-folder.js";
import { type ExitCode, exitCodes } from "../../records/index.js";
import { hideCredentials } from "../open-teacher.js";
import { checkAddress } from "./address.js";
import type { Check, Finding } from "./check.js";
import { type Endpoint, listEndpoints } from "./endpoint.js";
import { startExam } from "./exam.js";
import { checkKey, checkModel } from "./let-in.js";
import { checkOutputCap } from "./output-cap.js";
import { checkLatency, checkRateLimits } from "./pace.js";
import { checkPrefixCache } from "./prefix-cache.js";
import { type Cost, openProbe } from "./probe.js";
import { checkObedience, checkReply, checkThoughts } from "./reply.js";
import { checkSampling } from "./sampling.js";
import { checkStructuredOutput } from "./structured-output.js";
import { checkVision } from "./vision.js";

/** In the order in which they are made: each has use for what those before it found to be well. */
const checks: readonly Check[] = [
	checkAddress,
	checkKey,
	checkModel,
	checkReply,
	checkObedience,
	checkThoughts,
	checkOutputCap,
	checkVision,
	checkStructuredOutput,
	checkSampling,
	checkRateLimits,
	checkLatency,
	checkPrefixCache,
];

/** No check takes longer, however many requests it makes. @unit milliseconds */
const checkLimitMs = 180_000;

/** What was found out about one server. */
export interface Examination {
	/** Where the config names it: `teacher`, `student`. */
	readonly path: string;
	/** Without what may stand before its host or after its path. */
	readonly address: string;
	readonly model: string;
	readonly findings: readonly Finding[];
	/** The check without which those after it could only fail, too: they were left out. */
	readonly stoppedBy?: string;
	readonly cost: Cost;
}

export interface DoctorReport {
	/** None where the teacher is scripted. */
	readonly servers: readonly Examination[];
	/** 4: a server is out of reach or does not let us in; 3: another check failed. */
	readonly exitCode: ExitCode;
}

export interface DoctorOptions {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Whether the student is examined too. */
	readonly student: boolean;
	readonly signal: AbortSignal;
	/** Told of each server before it is asked anything, and of each check as it ends. */
	readonly onServer?: (server: Pick<Examination, "path" | "address" | "model">) => void;
	readonly onFinding?: (finding: Finding) => void;
}

/**
 * Finds out what the servers that a config names can do, with a few small requests to each. Writes nothing.
 * @throws CandorError (exit 2) where the student is wanted and the config has none
 */
export async function examineServers(config: Config, options: DoctorOptions): Promise<DoctorReport> {
	const servers: Examination[] = [];
	for (const endpoint of listEndpoints(config, options)) servers.push(await examine(endpoint, options));
	return { servers, exitCode: exitCodeOf(servers) };
}

async function examine(endpoint: Endpoint, { signal, onServer, onFinding }: DoctorOptions): Promise<Examination> {
	const head = { path: endpoint.path, address: hideCredentials(endpoint.baseUrl), model: endpoint.model };
	onServer?.(head);
	const probe = openProbe(endpoint, signal);
	const exam = startExam(endpoint, probe, loadPrompt(join(packageFolder(), "prompts"), "doctor"));
	const findings: Finding[] = [];
	let stoppedBy: string | undefined;
	try {
		for (const { name, ifFailed, examine } of checks) {
			const finding = { check: name, ...(await examine(exam.within(AbortSignal.timeout(checkLimitMs)))) };
			findings.push(finding);
			onFinding?.(finding);
			if (finding.result === "fail" && ifFailed !== undefined) {
				stoppedBy = name;
				break;
			}
		}
	} finally {
		await probe.close();
	}
	return { ...head, findings, ...(stoppedBy === undefined ? {} : { stoppedBy }), cost: { ...probe.cost } };
}

function exitCodeOf(servers: readonly Examination[]): ExitCode {
	const failed = servers.flatMap(({ findings }) => findings.filter(({ result }) => result === "fail").map(({ check }) => check));
	if (failed.length === 0) return exitCodes.ok;
	const isUnavailable = checks.some(({ name, ifFailed }) => ifFailed === "unavailable" && failed.includes(name));
	return isUnavailable ? exitCodes.teacherUnavailable : exitCodes.gateFailed;
}
