const closingTag = "</think>";

/**
 * Takes a reasoning model's thoughts off the front of its reply. Some chat templates put the opening tag into the prompt, so
 * that only the closing one is sent; thoughts that never end leave nothing.
 */
export function stripThinking(text: string): string {
	const end = text.lastIndexOf(closingTag);
	if (end >= 0) return text.slice(end + closingTag.length).trim();
	return /^\s*<think>/.test(text) ? "" : text.trim();
}
