import { type Dispatcher, Pool } from "undici";
import { onAbort } from "./abort.js";
import { TransportError } from "./transport-error.js";

/** What can be asked of headers, as of fetch's. */
export interface HeaderReader {
	/** Of any capitals. */
	get(name: string): string | null;
}

export interface SentResponse {
	readonly status: number;
	readonly headers: HeaderReader;
	readonly body: string;
}

export interface SenderOptions {
	readonly origin: string;
	/** At most; each carries one request at a time. */
	readonly connections: number;
	/** From sending a request to the last byte of its response. @unit milliseconds */
	readonly timeoutMs: number;
	/** Is told of each response as soon as its headers are there. */
	readonly onResponse?: (facts: { readonly status: number; readonly headers: HeaderReader }) => void;
}

export interface Sender {
	/**
	 * Posts a body that is given in pieces, and gives the whole response, whatever its status.
	 * @throws TransportError of kind `timeout` or `protocol` (larger than anything that is a reply); the signal's reason where it was
	 * aborted; what undici threw where the connection failed.
	 */
	post(path: string, headers: Readonly<Record<string, string>>, pieces: readonly Uint8Array[], signal: AbortSignal): Promise<SentResponse>;
	close(): Promise<void>;
}

/** No chat completion is larger. @unit bytes */
const maxResponseBytes = 8 * 1024 * 1024;

/** undici sends any iterable of bytes, as its manual says; its types leave that out. */
interface PieceOptions extends Omit<Dispatcher.DispatchOptions, "body"> {
	body?: Exclude<Dispatcher.DispatchOptions["body"], undefined> | Iterable<Uint8Array>;
}
interface PieceDispatcher {
	dispatch(options: PieceOptions, handler: Dispatcher.DispatchHandler): boolean;
}

/** Opens connections to one server, and sends through them as directly as undici can: its fetch takes three times as long. */
export function openSender({ origin, connections, timeoutMs, onResponse }: SenderOptions): Sender {
	// Our own timer ends a request: undici's limits would cut long generations off at 300 seconds whatever `timeoutMs` is. An idle
	// connection is given up before the servers that close theirs after five seconds (uvicorn, Node) would close it under a request.
	const pool = new Pool(origin, { connections, headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 4_000, keepAliveMaxTimeout: 60_000 });
	const dispatcher: PieceDispatcher = pool;

	function post(path: string, headers: Readonly<Record<string, string>>, pieces: readonly Uint8Array[], signal: AbortSignal): Promise<SentResponse> {
		return new Promise((resolve, reject) => {
			let controller: Dispatcher.DispatchController | undefined;
			let ended: Error | undefined;
			let status = 0;
			let responseHeaders = readHeaders({});
			let bytes = 0;
			const chunks: Buffer[] = [];

			const end = (reason: Error) => {
				ended = reason;
				release();
				reject(reason);
				// Where it has not been sent yet, it is stopped when its turn comes.
				controller?.abort(reason);
			};
			const timer = setTimeout(() => end(new TransportError("timeout", `no reply within ${timeoutMs} ms`)), timeoutMs);
			const forget = onAbort(signal, () => end(signal.reason));
			const release = () => {
				clearTimeout(timer);
				forget();
			};

			const handler: Dispatcher.DispatchHandler = {
				onRequestStart(started) {
					controller = started;
					if (ended !== undefined) started.abort(ended);
				},
				onResponseStart(_, statusCode, incoming) {
					// An early 1xx response is followed by the real one.
					if (statusCode < 200) return;
					status = statusCode;
					responseHeaders = readHeaders(incoming);
					onResponse?.({ status, headers: responseHeaders });
				},
				onResponseData(_, chunk) {
					bytes += chunk.length;
					if (bytes > maxResponseBytes) end(new TransportError("protocol", `the server sent more than ${maxResponseBytes} bytes, which is no chat completion`));
					else chunks.push(chunk);
				},
				onResponseEnd() {
					release();
					resolve({ status, headers: responseHeaders, body: (chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))?.toString() ?? "" });
				},
				onResponseError(_, error) {
					release();
					reject(error);
				},
			};
			const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
			dispatcher.dispatch({ path, method: "POST", headers: { ...headers, "content-length": String(length) }, body: pieces }, handler);
		});
	}

	return { post, close: () => pool.destroy() };
}

function readHeaders(headers: NodeJS.Dict<string | string[]>): HeaderReader {
	return {
		get(name) {
			const value = headers[name.toLowerCase()];
			return value === undefined ? null : Array.isArray(value) ? value.join(", ") : value;
		},
	};
}
