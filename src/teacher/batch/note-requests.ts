import type { LedgerReader } from "../ledger.js";
import type { RememberEvents } from "../remember.js";
import { Pending } from "../replay.js";
import { requestKey } from "../request-key.js";
import type { Teacher, TeacherRequest } from "../teacher.js";

/**
 * Answers from the ledger, and notes all else to be asked together later.
 * @throws Pending for what it notes
 */
export function noteRequests(
	ledger: Pick<LedgerReader, "get">,
	note: (key: string, request: TeacherRequest) => void,
	events: Pick<RememberEvents, "onHit"> = {},
): Teacher {
	return {
		async ask(request) {
			const key = requestKey(request);
			const known = ledger.get(key);
			if (known === undefined) {
				note(key, request);
				throw new Pending();
			}
			events.onHit?.(request);
			return known.answer;
		},
		async close() {},
	};
}
