import { startPipeline } from "../src/pipeline/compose.js";
import { buildSftRow } from "../src/stages/build-row.js";
import { goldCheck } from "../src/stages/gold-check.js";
import { respond } from "../src/stages/respond.js";

/** Plain good replies with a reason drawn from the picture (MM-SY, ICLR 2025, in every scenario). */
export default startPipeline({ name: "sft", kind: "sft" })
	.pipe(goldCheck)
	.pipe(respond)
	.toRow((record, facts) => buildSftRow(record.reply, facts));
