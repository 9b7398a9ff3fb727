import { lookup } from "node:dns/promises";
import { connect, isIP } from "node:net";
import { connect as connectTls } from "node:tls";
import { describeConnectionError } from "../../teacher/describe-connection-error.js";
import { type Check, fail, ok } from "./check.js";
import type { Exam } from "./exam.js";
import type { HttpAnswer } from "./probe.js";

/** For each step before HTTP. @unit milliseconds */
const stepLimitMs = 10_000;

interface Step {
	readonly name: string;
	/** What to do where it fails. */
	readonly remedy: string;
	run(): Promise<unknown>;
}

/** Whether there is a server at the address: name, connection, encryption and HTTP one by one, so that the one that fails has a name. */
export const checkAddress: Check = {
	name: "address",
	ifFailed: "unavailable",
	async examine(exam) {
		const { endpoint } = exam;
		const timings: string[] = [];
		for (const { name, remedy, run } of stepsTo(endpoint.baseUrl, endpoint.path)) {
			const startedMs = performance.now();
			try {
				await run();
			} catch (error) {
				return fail(`${name}: ${describeConnectionError(error)}`, remedy);
			}
			timings.push(`${name} ${Math.round(performance.now() - startedMs)} ms`);
		}
		const answer = await exam.models();
		if (answer.status === undefined) {
			return fail(
				`HTTP: ${answer.detail}`,
				`Something listens there and does not answer HTTP: see the server's log, and whether ${endpoint.path}.baseUrl is http or https.`,
			);
		}
		timings.push(`HTTP ${Math.round(answer.latencyMs)} ms`);
		return (await findPage(exam, answer)) ?? ok(`${hostOf(endpoint.baseUrl)}: ${timings.join(", ")}`);
	},
};

function stepsTo(baseUrl: string, path: string): Step[] {
	const { hostname, port, protocol } = new URL(baseUrl);
	const host = hostname.replace(/^\[|\]$/g, "");
	const isTls = protocol === "https:";
	const target = { host, port: Number(port || (isTls ? 443 : 80)), timeout: stepLimitMs };
	return [
		...(isIP(host)
			? []
			: [{ name: "DNS", remedy: `No such host: check ${path}.baseUrl, and whether this machine can resolve names.`, run: () => lookup(host) }]),
		{
			name: "TCP",
			remedy: `Nothing accepts connections at ${host} port ${target.port}: start the server, or check ${path}.baseUrl and the firewall.`,
			run: () => opened((done) => connect(target, done)),
		},
		...(isTls
			? [
					{
						name: "TLS",
						remedy: `The server's certificate or encryption is not accepted: check that ${path}.baseUrl is really https; for a certificate of your own, export NODE_EXTRA_CA_CERTS=/path/to/ca.pem`,
						run: () => opened((done) => connectTls({ ...target, ...(isIP(host) ? {} : { servername: host }) }, done)),
					},
				]
			: []),
	];
}

function opened(start: (done: () => void) => ReturnType<typeof connect>): Promise<void> {
	return new Promise((resolve, reject) => {
		const socket = start(() => {
			socket.destroy();
			resolve();
		});
		socket.once("error", reject);
		socket.once("timeout", () => socket.destroy(new Error(`no connection within ${stepLimitMs} ms`)));
	});
}

/** A web page or a redirect where an API should be, unless chat requests are answered all the same. */
async function findPage(exam: Exam, { status, headers, body, excerpt }: HttpAnswer) {
	const { path, baseUrl } = exam.endpoint;
	const isRedirect = status >= 300 && status < 400;
	if ((!isRedirect && !/^\s*</.test(body)) || (await exam.plain()).ok) return undefined;
	if (!isRedirect) return fail(`HTTP ${status}: ${excerpt}, where an API should be`, `${path}.baseUrl: the address of the API; it mostly ends in /v1`);
	const target = locationOf(headers.location, baseUrl);
	return fail(`HTTP ${status}: the server sends us elsewhere`, `${path}.baseUrl: ${target ?? "the address that it is at now"}`);
}

function locationOf(location: HttpAnswer["headers"][string], baseUrl: string): string | undefined {
	if (typeof location !== "string" || !URL.canParse(location, `${baseUrl}/`)) return undefined;
	const { origin, pathname } = new URL(location, `${baseUrl}/`);
	return `${origin}${pathname.replace(/\/models\/?$/, "")}`;
}

function hostOf(baseUrl: string): string {
	return new URL(baseUrl).host;
}
