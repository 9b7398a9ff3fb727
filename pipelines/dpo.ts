import { startPipeline } from "../src/pipeline/compose.js";
import { buildDpoRow } from "../src/stages/build-row.js";
import { cave } from "../src/stages/cave.js";
import { goldCheck } from "../src/stages/gold-check.js";
import { prefer } from "../src/stages/prefer.js";

/** Pairs that differ in stance, not in manner (MM-SY's confident and sycophantic replies, in every scenario but neutral). */
export default startPipeline({
	name: "dpo",
	kind: "dpo",
	skips: ["neutral"],
	asksTeacher: ({ dpoReplies }) => dpoReplies === "teacher",
})
	.pipe(goldCheck)
	.pipe(prefer)
	.pipe(cave)
	.toRow((record, facts) => buildDpoRow(record, facts));
