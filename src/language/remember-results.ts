/** Emptied when full, so that memory stays bounded whatever comes. @unit entries */
const maxEntries = 20_000;

/** A pure function of a string that keeps its results. Long strings are not kept: they seldom come twice. */
export function rememberResults<Result>(compute: (text: string) => Result): (text: string) => Result {
	const results = new Map<string, Result>();
	return (text) => {
		const known = results.get(text);
		if (known !== undefined) return known;
		const result = compute(text);
		if (text.length > 100) return result;
		if (results.size >= maxEntries) results.clear();
		results.set(text, result);
		return result;
	};
}
