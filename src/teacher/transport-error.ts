/**
 * What went wrong between us and the server: it answered with an error status, could not be reached or broke off, took too
 * long, or sent something that is not a chat completion. The message is short and holds no secret.
 */
export class TransportError extends Error {
	readonly kind: "status" | "connection" | "timeout" | "protocol";
	/** The HTTP status, where one came. */
	readonly status: number | undefined;
	/** How long the server asks us to wait. @unit milliseconds */
	readonly retryAfterMs: number | undefined;
	/** Whether there never was a connection, so that the server knows nothing of the request. */
	readonly unsent: boolean;

	constructor(kind: TransportError["kind"], message: string, facts: { status?: number; retryAfterMs?: number; unsent?: boolean } = {}) {
		super(message);
		this.name = "TransportError";
		this.kind = kind;
		this.status = facts.status;
		this.retryAfterMs = facts.retryAfterMs;
		this.unsent = facts.unsent ?? false;
	}
}
