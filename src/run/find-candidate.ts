import type { CandidateSource } from "../candidates/draw-candidates.js";
import type { Candidate } from "../records/index.js";

/** The group hash in a row's id, or the id where it has none. */
export function groupOf(id: string): string {
	return id.replace(/^.*-(?=g[0-9a-f]+$)/, "");
}

/** The candidate with a group hash, or with that of a row's id; nothing where the source has none. Draws all of them. */
export async function findCandidate(id: string, candidates: CandidateSource): Promise<Candidate | undefined> {
	const wanted = groupOf(id);
	const { byCell } = await candidates.draw(Number.MAX_SAFE_INTEGER);
	for (const list of byCell.values()) {
		const rank = list.rankOf(wanted);
		if (rank >= 0) return list.at(rank);
	}
	return undefined;
}
