/** How much is kept: so many results, of strings that are not longer. */
interface Limits {
	/** Emptied when full, so that memory stays bounded whatever comes. @unit entries */
	readonly maxEntries: number;
	/** @unit characters */
	readonly maxLength: number;
}

/** Words and answers come again and again; longer strings seldom come twice. */
const shortStrings: Limits = { maxEntries: 20_000, maxLength: 100 };
/** A row's texts are looked at by one rule after another, and then never again. */
export const recentTexts: Limits = { maxEntries: 64, maxLength: 10_000 };

/** A pure function of a string that keeps its results, which all callers share: none may change them. */
export function rememberResults<Result>(compute: (text: string) => Result, { maxEntries, maxLength } = shortStrings): (text: string) => Result {
	const results = new Map<string, Result>();
	return (text) => {
		const known = results.get(text);
		if (known !== undefined) return known;
		const result = compute(text);
		if (text.length > maxLength) return result;
		if (results.size >= maxEntries) results.clear();
		results.set(text, result);
		return result;
	};
}
