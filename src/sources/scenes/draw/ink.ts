/** Colors as questions name them, in three strengths, and what surfaces look like. Told apart at a glance, also at dusk. */

export const colors = ["white", "blue", "red", "black", "green", "brown", "yellow", "gray", "orange", "pink", "purple"] as const;
export type Color = (typeof colors)[number];

export const patterns = ["plain", "striped", "dotted", "checkered", "floral", "zigzag"] as const;
export type Pattern = (typeof patterns)[number];

export const materials = ["wood", "metal", "brick", "stone", "glass", "straw"] as const;
export type Material = (typeof materials)[number];

/** What a drawing is painted with: `main` may be a pattern; the others are plain. */
export interface Ink {
	readonly main: string;
	readonly dark: string;
	readonly light: string;
}

const plainInks: Readonly<Record<Color, Ink>> = {
	white: { main: "#f7f7f4", dark: "#b9bfc4", light: "#ffffff" },
	blue: { main: "#2f6fd6", dark: "#1c4794", light: "#7fb0f2" },
	red: { main: "#d8292f", dark: "#8f151b", light: "#f2777a" },
	black: { main: "#26262b", dark: "#0c0c0f", light: "#5d5d66" },
	green: { main: "#2f9a46", dark: "#1a602a", light: "#7cc98a" },
	brown: { main: "#7c4a22", dark: "#4c2b11", light: "#a87345" },
	yellow: { main: "#f7d02c", dark: "#b28d0d", light: "#fdeb95" },
	gray: { main: "#8c9096", dark: "#575b61", light: "#b9bdc2" },
	orange: { main: "#f58518", dark: "#a9540a", light: "#fbbd7c" },
	pink: { main: "#f58ab8", dark: "#b5517f", light: "#fbc3da" },
	purple: { main: "#7e3fb0", dark: "#4d2370", light: "#b58ad6" },
};

const surfaceInks: Readonly<Record<Material, Ink>> = {
	wood: { main: "url(#m-wood)", dark: "#6d4420", light: "#d3a05f" },
	metal: { main: "url(#m-metal)", dark: "#5f6a74", light: "#dfe6ec" },
	brick: { main: "url(#m-brick)", dark: "#7d3524", light: "#d98a70" },
	stone: { main: "url(#m-stone)", dark: "#6c6a66", light: "#c2beb5" },
	glass: { main: "url(#m-glass)", dark: "#6aa3bd", light: "#eafaff" },
	straw: { main: "url(#m-straw)", dark: "#9a7427", light: "#f0d78c" },
};

const paintTexts: Readonly<Record<string, string>> = {
	"m-wood":
		'<pattern id="m-wood" width="60" height="18" patternUnits="userSpaceOnUse"><rect width="60" height="18" fill="#b67f43"/><path d="M0 5.5Q15 2 30 5.5T60 5.5M0 12Q20 15 34 12T60 12" stroke="#8a5a2a" stroke-width="1.4" fill="none"/><path d="M0 17.5H60" stroke="#75491f" stroke-width="1"/></pattern>',
	"m-metal":
		'<linearGradient id="m-metal" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#8d99a4"/><stop offset=".35" stop-color="#f4f8fb"/><stop offset=".55" stop-color="#a7b3bd"/><stop offset=".75" stop-color="#dde5eb"/><stop offset="1" stop-color="#76828d"/></linearGradient>',
	"m-brick":
		'<pattern id="m-brick" width="24" height="16" patternUnits="userSpaceOnUse"><rect width="24" height="16" fill="#e0c7b4"/><path d="M1 1h22v6H1zM-11 9h22v6h-22zM13 9h22v6H13z" fill="#b4553c"/></pattern>',
	"m-stone":
		'<pattern id="m-stone" width="36" height="26" patternUnits="userSpaceOnUse"><rect width="36" height="26" fill="#6f6d69"/><rect x="1" y="1" width="19" height="11" rx="5" fill="#a8a49b"/><rect x="22" y="1" width="13" height="11" rx="5" fill="#98958d"/><rect x="1" y="14" width="11" height="11" rx="5" fill="#9d9a92"/><rect x="14" y="14" width="21" height="11" rx="5" fill="#b3afa6"/></pattern>',
	"m-glass":
		'<linearGradient id="m-glass" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#d8f3fc" stop-opacity=".85"/><stop offset=".45" stop-color="#ffffff" stop-opacity=".9"/><stop offset=".55" stop-color="#b5e2f2" stop-opacity=".6"/><stop offset="1" stop-color="#9fd5e8" stop-opacity=".75"/></linearGradient>',
	"m-straw":
		'<pattern id="m-straw" width="14" height="12" patternUnits="userSpaceOnUse"><rect width="14" height="12" fill="#e0bb55"/><path d="M1 12L4 0M6 12L7 0M11 12L9 0M13 12L14 6" stroke="#b3872b" stroke-width="1.3"/></pattern>',
};

/** The color plain, or as the ground of a pattern. */
export function inkOf(color: Color, pattern: Pattern = "plain"): Ink {
	const ink = plainInks[color];
	return pattern === "plain" ? ink : { ...ink, main: `url(#p-${pattern}-${color})` };
}

export function inkOfMaterial(material: Material): Ink {
	return surfaceInks[material];
}

/** The definitions that a body of SVG refers to. */
export function definePaints(body: string): string {
	const names = new Set([...body.matchAll(/url\(#([a-z-]+)\)/g)].map((match) => match[1] ?? ""));
	return [...names].map((name) => paintTexts[name] ?? patternText(name)).join("");
}

function patternText(name: string): string {
	const [, pattern, color] = name.split("-");
	const known = colors.find((one) => one === color);
	if (known === undefined) return "";
	const { main } = plainInks[known];
	// What is pale is drawn upon in a dark tone, what is dark in white.
	const mark = known === "white" || known === "yellow" ? "#3a55a4" : "#fbf6e6";
	const tile = (size: number, marks: string): string =>
		`<pattern id="${name}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><rect width="${size}" height="${size}" fill="${main}"/>${marks}</pattern>`;
	switch (pattern) {
		case "striped":
			return tile(12, `<rect width="5.5" height="12" fill="${mark}"/>`);
		case "dotted":
			return tile(14, `<circle cx="4" cy="4" r="2.6" fill="${mark}"/><circle cx="11" cy="11" r="2.6" fill="${mark}"/>`);
		case "checkered":
			return tile(16, `<path d="M0 0h8v8H0zM8 8h8v8H8z" fill="${mark}"/>`);
		case "zigzag":
			return tile(16, `<path d="M-2 12L4 4L12 12L20 4" fill="none" stroke="${mark}" stroke-width="3.4"/>`);
		default:
			return tile(
				22,
				`<g fill="${mark}"><circle cx="8" cy="4.5" r="3"/><circle cx="12" cy="8" r="3"/><circle cx="10" cy="12.5" r="3"/><circle cx="5.5" cy="12.5" r="3"/><circle cx="4" cy="8" r="3"/></g><circle cx="8" cy="9" r="2.2" fill="#f2a01e"/><path d="M17 16l3 4M17 20l3-4" stroke="${mark}" stroke-width="1.5"/>`,
			);
	}
}
