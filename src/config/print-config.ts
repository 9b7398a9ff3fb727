import { Document, isMap, isScalar, isSeq, type YAMLMap } from "yaml";
import type { Origin, ResolvedConfig } from "./load-config.js";

/** The whole config as YAML that can be used again, each value with a comment that says where it came from. */
export function formatConfig({ config, origins, file }: ResolvedConfig): string {
	const document = new Document(config, { aliasDuplicateObjects: false });
	document.commentBefore = ` ${file}, resolved: flags over environment over file over defaults`;
	if (isMap(document.contents)) {
		annotate(document.contents, [], origins);
	}
	return document.toString({ lineWidth: 0 });
}

function annotate(map: YAMLMap, path: readonly string[], origins: ReadonlyMap<string, Origin>): void {
	for (const pair of map.items) {
		const here = [...path, isScalar(pair.key) ? String(pair.key.value) : String(pair.key)];
		const value = pair.value;
		if (isMap(value)) {
			annotate(value, here, origins);
		} else if (isScalar(value) || isSeq(value)) {
			const origin = origins.get(here.join("."));
			value.comment = ` ${origin?.where ?? origin?.from ?? "default"}`;
			if (isSeq(value)) {
				value.flow = true;
			}
		}
	}
}
