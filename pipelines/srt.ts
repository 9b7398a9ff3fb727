import { startPipeline } from "../src/pipeline/compose.js";
import { buildSrtRow } from "../src/stages/build-row.js";
import { conclude } from "../src/stages/conclude.js";
import { goldCheck } from "../src/stages/gold-check.js";
import { reflect } from "../src/stages/reflect.js";
import { textualize } from "../src/stages/textualize.js";

/** Reflective answers: describe the picture, judge the user's message, conclude (SRT, EMNLP 2025). */
export default startPipeline({ name: "srt", kind: "srt" })
	.pipe(goldCheck)
	.pipe(textualize)
	.pipe(reflect)
	.pipe(conclude)
	.toRow((record, facts) => buildSrtRow(record, facts));
