import { describeBody } from "./server-message.js";

/** What an error code of the system, of OpenSSL or of undici means for whoever set the address. */
const meanings: readonly (readonly [codes: RegExp, meaning: string])[] = [
	[/^(ENOTFOUND|EAI_)/, "the server's name cannot be looked up (DNS)"],
	[/^ECONNREFUSED$/, "nothing listens at the server's address"],
	[/^(EHOSTUNREACH|ENETUNREACH|ENETDOWN)$/, "there is no way to the server"],
	[/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, "the server did not take the connection in time"],
	[/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, "the server closed the connection before its reply was complete"],
	[/^(ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|EPROTO)$/, "the server does not speak TLS (http instead of https?)"],
	[/^(CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|ERR_TLS_|ERR_SSL_)/, "the server's TLS certificate is not accepted"],
	[/^HPE_/, "what the server sends is not HTTP"],
	[/^(EMFILE|ENFILE)$/, "this machine allows no more open files (ulimit -n)"],
];

/** Why a server could not be asked, or did not finish its reply, in one line: what it means, then what the system says. */
export function describeConnectionError(error: unknown): string {
	const root = rootOf(error);
	const code = "code" in root && typeof root.code === "string" ? root.code : "";
	const meaning = meanings.find(([codes]) => codes.test(code))?.[1] ?? "the server cannot be reached";
	return `${meaning}: ${describeBody(`${root.message || root.name}${root.message.includes(code) ? "" : ` (${code})`}`)}`;
}

/** What comes before anything can have been sent; a connection that was there and broke has other codes, or was not being made. */
const unconnected =
	/^(ENOTFOUND|EAI_|ECONNREFUSED$|EHOSTUNREACH$|ENETUNREACH$|ENETDOWN$|EADDRNOTAVAIL$|UND_ERR_CONNECT_TIMEOUT$|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|ERR_TLS_|ERR_SSL_|EMFILE$|ENFILE$)/;

/** Whether there never was a connection, so that the server cannot have read anything. */
export function neverConnected(error: unknown): boolean {
	const root = rootOf(error);
	return ("code" in root && typeof root.code === "string" && unconnected.test(root.code)) || ("syscall" in root && root.syscall === "connect");
}

/** The deepest cause says what happened (`connect ECONNREFUSED ...`); those above it, only that something did. */
function rootOf(error: unknown): Error {
	let root = error instanceof Error ? error : new Error(String(error));
	for (let depth = 0; depth < 8; depth += 1) {
		// Where a name has several addresses, each has its own error.
		const cause: unknown = root instanceof AggregateError ? root.errors.at(0) : root.cause;
		if (!(cause instanceof Error)) break;
		root = cause;
	}
	return root;
}
