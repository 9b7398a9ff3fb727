/** JSON with sorted keys and without undefined values: equal values give equal text, whatever the order they were built in. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	let members = "";
	for (const key of Object.keys(value).sort()) {
		const member: unknown = Reflect.get(value, key);
		if (member !== undefined) members += `${members === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(member)}`;
	}
	return `{${members}}`;
}
