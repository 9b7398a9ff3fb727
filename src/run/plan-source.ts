import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import type { CandidateSource } from "../candidates/draw-candidates.js";
import type { Config } from "../config/index.js";
import { type Ingested, measureImage } from "../images/index.js";
import type { Candidate } from "../records/index.js";
import { reopenReservation } from "../sources/reserve/open-reservation.js";
import { firstAnswersPath, readRunFirstAnswers } from "./first-answers.js";
import { openCandidates, openFirstAnswers, openSource, picturesOf } from "./open-source.js";

/** Candidates as the run will draw them, as far as that can be told before it has begun. */
export interface PlannedSource {
	readonly candidates: CandidateSource;
	/** The picture as the run will name it; nothing is stored. */
	measure(candidate: Candidate): Promise<Ingested>;
	/** What is taken for granted, a sentence each. */
	readonly notes: readonly string[];
}

/** Pictures whose sizes are kept at once; a few hundred bytes each. */
const keptSizes = 4096;
/** To render a picture takes long: where no reply depends on its bytes yet, so many tell how large all are. */
const renderedSizes = 100;

export async function openPlannedSource(
	config: Config,
	tools: { readonly runFolder: string; readonly scratchFolder: string; readonly hasReplies: boolean; readonly warn: (message: string) => void },
): Promise<PlannedSource> {
	const { runFolder, scratchFolder, warn } = tools;
	const notes: string[] = [];
	const source = openSource(config);
	const { reserve: settings, seed } = config;
	const reservation = settings === undefined ? undefined : await reopenReservation({ settings, seed, source, runFolder });
	if (settings !== undefined && reservation === undefined)
		notes.push("The sets that the run reserves are not drawn yet: their questions count as if they were free for training.");
	const harvested = config.dialogue.firstAnswers === "student" && existsSync(firstAnswersPath(runFolder));
	if (config.dialogue.firstAnswers === "student" && !harvested) notes.push("The student's first answers are not known yet: made-up ones stand in for them.");
	const firstAnswers = harvested ? await readRunFirstAnswers(config, runFolder) : await openFirstAnswers(config, warn);
	const candidates = await openCandidates(config, {
		source: reservation?.training ?? source,
		scratchFolder,
		...(firstAnswers === undefined ? {} : { firstAnswers }),
		onBadLine: () => {},
	});
	const sizes = new Map<string, Promise<Ingested>>();
	const rendersAll = tools.hasReplies || source.renderImage === undefined;
	if (!rendersAll) notes.push(`Pictures are taken to be as large as the first ${renderedSizes}.`);
	return {
		candidates,
		notes,
		measure({ question: { image } }) {
			const known = sizes.get(image);
			if (known !== undefined) return known;
			if (!rendersAll && sizes.size >= renderedSizes) return likeOthers(image, [...sizes.values()]);
			if (sizes.size >= keptSizes) sizes.clear();
			const size = measureImage(image, picturesOf(source));
			sizes.set(image, size);
			return size;
		},
	};
}

/** A picture of the size that another has, under a name of its own. */
async function likeOthers(name: string, others: readonly Promise<Ingested>[]): Promise<Ingested> {
	const sha256 = createHash("sha256").update(name).digest("hex");
	const like = await (others[Number.parseInt(sha256.slice(0, 8), 16) % others.length] as Promise<Ingested>);
	return "rejection" in like ? like : { image: { ...like.image, sha256 } };
}
