const tagTableOffset = 128;
const tagBytes = 12;

/** The description that an ICC profile carries, letters only; empty where there is none. (ICC.1:2022, 7.3 and 9.2.41) */
function descriptionOf(profile: Buffer): string {
	if (profile.length < tagTableOffset + 4) return "";
	const tags = Math.min(profile.readUInt32BE(tagTableOffset), 100);
	for (let tag = 0; tag < tags; tag++) {
		const at = tagTableOffset + 4 + tag * tagBytes;
		if (at + tagBytes > profile.length) return "";
		if (profile.toString("latin1", at, at + 4) !== "desc") continue;
		const offset = profile.readUInt32BE(at + 4);
		// Version 4 writes UTF-16 and version 2 ASCII: without the zero bytes both read alike.
		return profile.toString("latin1", offset, offset + profile.readUInt32BE(at + 8)).replace(/[^\x20-\x7e]/g, "");
	}
	return "";
}

/** Whether a profile is plain sRGB, going by its name: then a reader that ignores profiles sees the same colours. */
export function isSrgbProfile(profile: Buffer): boolean {
	const description = descriptionOf(profile);
	return /sRGB/i.test(description) && !/linear|scRGB|e-sRGB/i.test(description);
}
