import { normalizeAnswer } from "../language/index.js";
import { defineRule, fault } from "./rule.js";

/** Chosen and rejected are two texts: equal ones teach nothing, and some trainers stop at them. */
export const pairDiffers = defineRule({
	reason: "pair-differs",
	kinds: ["dpo"],
	check(row) {
		if (row.kind !== "dpo" || normalizeAnswer(row.chosen) !== normalizeAnswer(row.rejected)) return undefined;
		return fault("Chosen and rejected say the same.", { stage: "cave" });
	},
});
