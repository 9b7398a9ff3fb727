import { defineRule, fault } from "./rule.js";

/** Trainers assert that turns alternate from the user on; a conversation that ends otherwise is dropped or wholly masked. */
export const turnsAlternate = defineRule({
	reason: "turns-alternate",
	kinds: ["srt", "sft", "dpo"],
	check(row) {
		const wrong = row.turns.findIndex((turn, index) => turn.role !== (index % 2 === 0 ? "user" : "assistant"));
		if (wrong >= 0) return fault(`Turn ${wrong + 1} is the ${row.turns[wrong]?.role ?? "unknown"}'s, but turns alternate, the user first.`);
		const last = row.kind === "dpo" ? "user" : "assistant";
		return row.turns.at(-1)?.role === last ? undefined : fault(`The last turn of a ${row.kind} row must be the ${last}'s.`);
	},
});
