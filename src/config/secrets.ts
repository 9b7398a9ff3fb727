/** Keys with a known shape: OpenAI and its like, Hugging Face, GitHub, Google, AWS, JSON web tokens. */
const knownShape =
	/\bsk-[A-Za-z0-9_-]{8,}|\bhf_[A-Za-z0-9]{16,}|\bgh[pousr]_[A-Za-z0-9]{16,}|\bAIza[A-Za-z0-9_-]{20,}|\bAKIA[A-Z0-9]{12,}|\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+/i;
const bearer = /\bbearer\s+\S{8,}/i;
/** `https://user:password@host` */
const credentialsInUrl = /^[a-z][a-z0-9+.-]*:\/\/[^/\s@]*@/i;

/**
 * Whether a text could be a key or a password. Errs towards yes for one long run of letters and digits mixed, which no
 * model's name, path or task has.
 */
export function looksLikeSecret(text: string): boolean {
	if (knownShape.test(text) || bearer.test(text) || credentialsInUrl.test(text)) {
		return true;
	}
	return (text.match(/[A-Za-z0-9]{24,}/g) ?? []).some((run) => /[A-Za-z]/.test(run) && (run.match(/\d/g) ?? []).length >= 4);
}

/** Whether prose has a key in it. Errs towards no: a flag bearer is none, and neither is a word such as sk-ateboarding. */
export function holdsKey(text: string): boolean {
	return [...text.matchAll(keyLike)].some(([found]) => /\d/.test(found));
}

const keyLike = new RegExp(`${knownShape.source}|${/\bbearer\s+\S{16,}/.source}`, "gi");

/** A value for a message: short, on one line, and never a secret. */
export function showValue(value: unknown): string {
	if (typeof value === "string") {
		return looksLikeSecret(value) ? "a value that looks like a secret (not shown)" : JSON.stringify(shorten(value));
	}
	if (Array.isArray(value)) {
		return value.length === 0 ? "an empty list" : "a list";
	}
	if (typeof value === "object" && value !== null) {
		return "a mapping";
	}
	return value === null ? "an empty value" : String(value);
}

/** A key or a name for a message: as it is, unless it looks like a secret. */
export function showName(name: string): string {
	return looksLikeSecret(name) ? "(not shown)" : shorten(name);
}

function shorten(text: string): string {
	return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
