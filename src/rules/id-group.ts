import { defineRule, fault } from "./rule.js";

/** A row's id is its pipeline's name and its group, so that rows of one question and dialogue find each other. */
export const idGroup = defineRule({
	reason: "id-group",
	kinds: ["srt", "sft", "dpo"],
	check({ id, meta: { group } }) {
		if (!/^[a-z][a-z0-9]*$/.test(group)) return fault(`meta.group is ${JSON.stringify(group)}; it begins with a letter and holds only a-z and 0-9.`);
		if (!id.endsWith(`-${group}`)) return fault(`The id ${JSON.stringify(id)} does not end with the group, ${JSON.stringify(group)}.`);
		return /^[a-z][a-z0-9-]*$/.test(id.slice(0, -group.length - 1)) ? undefined : fault(`The id ${JSON.stringify(id)} does not begin with a pipeline's name.`);
	},
});
