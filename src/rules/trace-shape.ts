import { defineRule, fault } from "./rule.js";

const shape = /^<textualization>\s*([\s\S]*?)\s*<\/textualization>\s*<reflection>\s*([\s\S]*?)\s*<\/reflection>\s*<conclusion>\s*([\s\S]*?)\s*<\/conclusion>$/;

/** The last turn of an `srt` row is its trace: three tagged parts in order, word for word those that `trace` holds. */
export const traceShape = defineRule({
	reason: "trace-shape",
	kinds: ["srt"],
	check(row) {
		if (row.kind !== "srt") return undefined;
		const parts = shape.exec(row.turns.at(-1)?.text ?? "");
		if (parts === null)
			return fault("The last turn is not <textualization>, <reflection> and <conclusion> in this order and nothing else.", { stage: "conclude" });
		const { textualization, reflection, conclusion } = row.trace;
		if (parts[1] !== textualization) return fault("The textualization of the last turn is not that of the trace.", { stage: "textualize" });
		if (parts[2] !== reflection) return fault("The reflection of the last turn is not that of the trace.", { stage: "reflect" });
		return parts[3] === conclusion ? undefined : fault("The conclusion of the last turn is not that of the trace.", { stage: "conclude" });
	},
});
