const openingTag = /^\s*<think>/;
const closingTag = "</think>";

/**
 * Takes a reasoning model's thoughts off the front of its reply. Some chat templates put the opening tag into the prompt, so
 * that only the closing one is sent; thoughts that never end leave nothing.
 */
export function stripThinking(text: string): string {
	return splitThinking(text).text;
}

/** A reply without its thoughts, and the thoughts without their tags; "" where there are none. */
export function splitThinking(whole: string): { readonly text: string; readonly thoughts: string } {
	const end = whole.lastIndexOf(closingTag);
	if (end < 0 && !openingTag.test(whole)) return { text: whole.trim(), thoughts: "" };
	const thoughts = (end < 0 ? whole : whole.slice(0, end)).replace(openingTag, "").trim();
	return { text: end < 0 ? "" : whole.slice(end + closingTag.length).trim(), thoughts };
}
