import { openLineShelf } from "../shards/index.js";
import { type RecordedRequest, readStoredRequest, type StoredRequest, writeStoredRequest } from "../teacher/index.js";

/** Requests that wait to be asked together, each once. They lie on disk; in memory a request is two numbers. */
export interface PendingRequests {
	readonly count: number;
	add(key: string, request: RecordedRequest): void;
	find(key: string): StoredRequest | undefined;
	/** In the order in which they came. */
	all(): Iterable<StoredRequest>;
	close(): void;
}

/**
 * So much of a key stands for it in memory: 52 bits, a whole number in any JavaScript. Should two ever have the same, the second
 * is not noted, and comes in the next round.
 */
const prefixLength = 13;

/** @param folder where the nameless file of the requests is made: nothing is left of it, however the process ends */
export function openPendingRequests(folder: string): PendingRequests {
	const shelf = openLineShelf(folder);
	/** By the beginning of the key: where the request stands on the shelf. */
	const handles = new Map<number, number>();
	const shortOf = (key: string) => Number.parseInt(key.slice(0, prefixLength), 16);
	const read = (handle: number) => readStoredRequest(JSON.parse(shelf.get(handle)));
	return {
		get count() {
			return handles.size;
		},
		add(key, request) {
			const short = shortOf(key);
			if (!handles.has(short)) handles.set(short, shelf.put(writeStoredRequest(key, request)));
		},
		find(key) {
			const handle = handles.get(shortOf(key));
			const found = handle === undefined ? undefined : read(handle);
			return found?.key === key ? found : undefined;
		},
		*all() {
			for (const handle of handles.values()) yield read(handle);
		},
		close: () => shelf.close(),
	};
}
