import { createHash } from "node:crypto";

/** Remembers strings as numbers: some 60 bytes each, however long they are. */
export interface Sightings {
	/** Notes a string with a number of its own. @returns the number it was first noted with; nothing where it is new */
	note(text: string, value: number): number | undefined;
}

/** A map of V8 holds some 16 million entries at most: several share the load. */
const parts = 64;

/** Two strings are taken for the same with a chance of about one in 10,000 among a million. */
export function createSightings(): Sightings {
	const maps = Array.from({ length: parts }, () => new Map<number, number>());
	return {
		note(text, value) {
			const hash = hashNumber(text);
			const map = maps[hash % parts];
			const known = map?.get(hash);
			if (known === undefined) map?.set(hash, value);
			return known;
		},
	};
}

/** A string as a whole number of 52 bits. */
export function hashNumber(text: string): number {
	const digest = createHash("sha256").update(text).digest();
	return digest.readUIntBE(0, 6) * 16 + ((digest[6] ?? 0) & 15);
}
