/**
 * How vision models count a picture's tokens, by family. Where a family's servers differ, or its documentation leaves something
 * open, `atMost` is the most that any of them counts.
 *
 * Sources: OpenAI, "Images and vision: calculating costs" (tiles of 512 with a base, patches of 32 with a factor; that pictures are
 * not enlarged, and that gpt-4.1 counts tiles, is what people measured on community.openai.com); Qwen, `smart_resize` and the
 * preprocessor_config.json of each model; Transformers and vLLM, `llava_next` (2928 at most); InternVL, `dynamic_preprocess`; Google,
 * "Understand and count tokens" and "Media resolution"; Anthropic, "Vision" (width x height / 750, later one token per 28-pixel patch).
 */

interface Family {
	readonly name: string;
	/** What the model's name looks like, in lower case and with hyphens. */
	readonly pattern: RegExp;
	tokens(width: number, height: number): number;
	/** @default as `tokens` */
	atMost?(width: number, height: number): number;
}

/** The first that fits a model's name counts: small siblings stand before the large one. */
const families = [
	{ name: "gpt-4o-mini", pattern: /gpt-4o-mini/, ...tiles(2833, 5667) },
	{ name: "gpt-4.1-nano", pattern: /gpt-(4\.1|5)-nano/, ...patches(2.46, 1536) },
	{ name: "gpt-4.1-mini", pattern: /gpt-(4\.1|5)-mini/, ...patches(1.62, 1536) },
	{ name: "o4-mini", pattern: /\bo4-mini/, ...patches(1.72, 1536) },
	{ name: "gpt-4o", pattern: /gpt-4o|gpt-4\.[15]|gpt-4-(turbo|vision)/, ...tiles(85, 170) },
	{ name: "o3", pattern: /(^|[/-])o[13](-|$)/, ...tiles(75, 150) },
	{ name: "gpt-5", pattern: /gpt-5(\.1)?(-(?!mini|nano)|$)/, ...tiles(70, 140) },
	// Newer ones count patches by a factor of 1.2, and more of them at full detail.
	{
		name: "gpt-patches",
		pattern: /gpt-(5|[6-9]|\d\d)/,
		tokens: (w, h) => patches(1.2, 2500).tokens(w, h),
		atMost: (w, h) => patches(1.72, 10_000).tokens(w, h),
	},
	{ name: "qwen3-vl", pattern: /qwen-?3/, tokens: (w, h) => countQwen(w, h, 32, 65_536, 16_777_216) },
	{ name: "qwen2-vl", pattern: /qwen|qvq/, tokens: (w, h) => countQwen(w, h, 28, 3_136, 12_845_056) },
	{ name: "llava-next", pattern: /llava-(v?1\.6|next)/, tokens: countLlavaNext, atMost: () => 2928 },
	{ name: "llava-1.5", pattern: /llava-(v?1\.5)/, tokens: () => 576 },
	{ name: "internvl", pattern: /internvl/, tokens: countInternVL },
	{ name: "gemini-3", pattern: /gemini-([3-9]|\d\d)/, tokens: () => 1120 },
	{ name: "gemini", pattern: /gemini/, tokens: countGemini },
	{
		name: "claude",
		pattern: /claude/,
		tokens: (w, h) => Math.min(1600, Math.max((w * h) / 750, cells(w, h, 28))),
		atMost: (w, h) => Math.min(4784, Math.max((w * h) / 750, cells(w, h, 28))),
	},
	// Llama 3.2 takes 6404 for any picture of four tiles, LLaVA-OneVision 7290, Pixtral a patch of 16 pixels.
	{
		name: "other",
		pattern: /^/,
		tokens: (w, h) => countQwen(w, h, 28, 3_136, 12_845_056),
		atMost: (w, h) => Math.max(8192, Math.min(65_536, cells(w, h, 14))),
	},
] as const satisfies readonly Family[];

export type ImageFamily = (typeof families)[number]["name"];
/** The names that `teacher.imageTokens` may give. */
export const imageFamilies: readonly ImageFamily[] = families.map(({ name }) => name);

/** An estimate with what it will never be above. @unit tokens */
export interface TokenEstimate {
	readonly likely: number;
	readonly atMost: number;
}

/** Servers put a mark before and behind a picture, and a few more between its rows. @unit tokens */
const marks = 8;

/**
 * How many tokens a picture is likely to be, and how many at most.
 * @param counting a family's name or a fixed number; absent: by the model's name
 */
export function estimateImageTokens(size: { readonly width: number; readonly height: number }, model: string, counting?: ImageFamily | number): TokenEstimate {
	if (typeof counting === "number") return { likely: counting, atMost: counting };
	const family: Family = findFamily(model, counting);
	const likely = Math.ceil(family.tokens(size.width, size.height));
	const atMost = Math.ceil(family.atMost?.(size.width, size.height) ?? likely);
	return { likely, atMost: Math.max(likely, atMost) + marks };
}

function findFamily(model: string, name: ImageFamily | undefined): Family {
	const spelled = model.toLowerCase().replace(/[\s_:]+/g, "-");
	const found = families.find((family) => (name === undefined ? family.pattern.test(spelled) : family.name === name));
	if (found === undefined) throw new RangeError(`there is no family of vision models called ${name}`);
	return found;
}

/** How many square cells of a side cover a picture. */
function cells(width: number, height: number, side: number): number {
	return Math.ceil(width / side) * Math.ceil(height / side);
}

/** OpenAI's tiles: the picture fits into 2048 x 2048 and its shorter side into 768, then every 512-pixel tile counts. */
function tiles(base: number, each: number): Pick<Family, "tokens"> & { atMost(width: number, height: number): number } {
	const count = (width: number, height: number, enlarges: boolean) => {
		const fit = Math.min(1, 2048 / Math.max(width, height));
		const shorter = Math.min(768 / (Math.min(width, height) * fit), 2048 / (Math.max(width, height) * fit));
		const scale = fit * (enlarges ? shorter : Math.min(1, shorter));
		// A side of 512.0000001 pixels is one tile.
		return base + each * cells(width * scale - 0.001, height * scale - 0.001, 512);
	};
	return {
		tokens: (width, height) => count(width, height, false),
		atMost: (width, height) => Math.max(count(width, height, false), count(width, height, true)),
	};
}

/** OpenAI's patches of 32 pixels: a picture of more than `most` is made smaller until whole patches cover it. */
function patches(factor: number, most: number): Pick<Family, "tokens"> {
	return {
		tokens(width, height) {
			if (cells(width, height, 32) <= most) return cells(width, height, 32) * factor;
			const rough = Math.sqrt((32 * 32 * most) / (width * height));
			const [columns, rows] = [(width * rough) / 32, (height * rough) / 32];
			const scale = rough * Math.min(Math.floor(columns) / columns || 1, Math.floor(rows) / rows || 1);
			return Math.min(most, cells(width * scale - 0.001, height * scale - 0.001, 32)) * factor;
		},
	};
}

/** Qwen's `smart_resize`: sides become multiples of a merged patch, and the area stays between two bounds. */
function countQwen(width: number, height: number, side: number, minPixels: number, maxPixels: number): number {
	const round = (pixels: number) => Math.max(1, Math.round(pixels / side));
	const area = round(width) * round(height) * side * side;
	if (area >= minPixels && area <= maxPixels) return round(width) * round(height);
	const scale = Math.sqrt((area > maxPixels ? maxPixels : minPixels) / (width * height));
	const to = area > maxPixels ? (pixels: number) => Math.max(1, Math.floor((pixels * scale) / side)) : (pixels: number) => Math.ceil((pixels * scale) / side);
	return to(width) * to(height);
}

/** LLaVA-NeXT: the whole picture at 24 x 24 patches, and again at the best of five grids, without what pads it. */
function countLlavaNext(width: number, height: number): number {
	const grids = [
		[1, 2],
		[2, 1],
		[2, 2],
		[1, 3],
		[3, 1],
	] as const;
	const judged = grids.map(([columns, rows]) => {
		const scale = Math.min((columns * 336) / width, (rows * 336) / height);
		const used = Math.min(Math.floor(width * scale) * Math.floor(height * scale), width * height);
		return { columns, rows, used, wasted: columns * rows * 336 * 336 - used };
	});
	const [best] = judged.sort((a, b) => b.used - a.used || a.wasted - b.wasted);
	const { columns, rows } = best ?? { columns: 2, rows: 2 };
	const [across, down] = [columns * 24, rows * 24];
	const unpadded = width / height > across / down ? [across, Math.ceil((height * across) / width)] : [Math.ceil((width * down) / height), down];
	const [wide = across, high = down] = unpadded;
	// Each row of patches ends in a mark of its own.
	return 576 + wide * high + high;
}

/** InternVL: 256 tokens for each tile of the grid of up to 12 whose shape is nearest to the picture's, and for a thumbnail. */
function countInternVL(width: number, height: number): number {
	const most = 12;
	let best = { count: 1, off: Number.POSITIVE_INFINITY };
	for (let count = 1; count <= most; count++) {
		for (let columns = 1; columns <= count; columns++) {
			if (count % columns !== 0) continue;
			const off = Math.abs(width / height - columns / (count / columns));
			const fills = width * height > 0.5 * 448 * 448 * count;
			if (off < best.off || (off === best.off && fills)) best = { count, off };
		}
	}
	return 256 * (best.count + (best.count > 1 ? 1 : 0));
}

/** Gemini 1.5 to 2.5: a small picture is 258 tokens; of a larger one each tile, whose side follows from the shorter side. */
function countGemini(width: number, height: number): number {
	if (width <= 384 && height <= 384) return 258;
	const side = Math.max(256, Math.min(768, Math.floor(Math.min(width, height) / 1.5)));
	return 258 * cells(width, height, side);
}
