const units = [
	"zero",
	"one",
	"two",
	"three",
	"four",
	"five",
	"six",
	"seven",
	"eight",
	"nine",
	"ten",
	"eleven",
	"twelve",
	"thirteen",
	"fourteen",
	"fifteen",
	"sixteen",
	"seventeen",
	"eighteen",
	"nineteen",
];
const tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/** "three" to 3, for single words up to ninety; "hundred" is 100. */
const numberWords: ReadonlyMap<string, number> = new Map([
	...units.map((word, index) => [word, index] as const),
	...tens.map((word, index) => [word, (index + 2) * 10] as const),
	["hundred", 100] as const,
]);

/** Whether a number may begin with this lower-case word. */
export function isNumberWord(word: string): boolean {
	return numberWords.has(word);
}

/**
 * Joins number words that stand side by side: ["twenty", "one"] is one number, 21, taking two words.
 * @returns the value and how many words it takes, or undefined where the word at `index` is no number word
 */
export function readNumberWords(words: readonly string[], index: number): { value: number; length: number } | undefined {
	const first = numberWords.get(words[index] ?? "");
	if (first === undefined) return undefined;
	const second = numberWords.get(words[index + 1] ?? "");
	if (second === undefined) return { value: first, length: 1 };
	if (second === 100 && first > 0 && first < 10) {
		const rest = readNumberWords(words, index + 2);
		return rest !== undefined && rest.value > 0 && rest.value < 100
			? { value: first * 100 + rest.value, length: 2 + rest.length }
			: { value: first * 100, length: 2 };
	}
	if (first >= 20 && first < 100 && second > 0 && second < 10) return { value: first + second, length: 2 };
	return { value: first, length: 1 };
}
