import type { LedgerReader } from "./ledger.js";
import { requestKey } from "./request-key.js";
import type { Teacher } from "./teacher.js";

/** Thrown where a reply is not in the ledger and may not be asked for: whatever wants it can be dropped, and replayed later. */
export class Pending extends Error {
	constructor() {
		super("the reply is not in the ledger");
		this.name = "AbortError";
	}
}

/** Answers from the ledger alone. @throws Pending for all else */
export function replayReplies(ledger: Pick<LedgerReader, "get">): Teacher {
	return {
		async ask(request) {
			const known = ledger.get(requestKey(request));
			if (known === undefined) throw new Pending();
			return known.answer;
		},
		async close() {},
	};
}
