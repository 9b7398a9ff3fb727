import type { Light, Weather } from "../world/scene.js";
import { disc, line, oval, rect, times } from "./svg.js";

/** Sky, light and weather. */

const skies: Readonly<Record<Weather, readonly [string, string]>> = {
	sunny: ["#6fbdf0", "#dff3fc"],
	cloudy: ["#98a6b1", "#d5dce0"],
	rainy: ["#6f7e8b", "#a9b5bd"],
	snowy: ["#a9b7c3", "#e6edf1"],
	foggy: ["#c3cacd", "#e3e6e6"],
};

function gradient(top: string, bottom: string): string {
	return `<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient>`;
}

/** The sky down to the horizon, with what stands in it. `spots` are four random places between 0 and 1. */
export function drawSky(horizon: number, light: Light, weather: Weather, spots: readonly number[]): string {
	const [a = 0.2, b = 0.5, c = 0.8, d = 0.4] = spots;
	const [top, bottom] = light === "night" ? (["#0c1536", "#33437a"] as const) : light === "dusk" ? (["#5a5aa3", "#f7b27a"] as const) : skies[weather];
	const sky = `<defs>${gradient(top, bottom)}</defs>${rect(0, 0, 640, horizon + 2, "url(#sky)")}`;
	if (light === "night") {
		const stars = times(26, (index) =>
			disc((index * 97 + a * 640) % 640, (index * 53 + b * 200) % Math.max(60, horizon - 60), index % 4 === 0 ? 2 : 1.2, "#f5f2d8"),
		);
		const moonX = 90 + c * 460;
		return sky + stars + disc(moonX, 54, 26, "#f6efc9") + disc(moonX + 12, 47, 22, "#16204a");
	}
	if (light === "dusk") {
		const x = 120 + c * 400;
		return (
			sky +
			disc(x, horizon - 16, 44, "#fbd98a") +
			disc(x, horizon - 16, 33, "#fde9b4") +
			cloud(60 + a * 200, 60 + b * 40, 0.9, "#e7a28a") +
			cloud(380 + d * 160, 90 + b * 30, 0.8, "#cf8f92")
		);
	}
	if (weather === "sunny") {
		const x = 70 + c * 500;
		const rays = times(12, (index) => {
			const [dx = 0, dy = 0] = rayEnds[index] ?? [];
			return line(`M${Math.round(x + dx * 38)} ${Math.round(56 + dy * 38)}L${Math.round(x + dx * 50)} ${Math.round(56 + dy * 50)}`, "#fbd84a", 4);
		});
		return sky + rays + disc(x, 56, 29, "#fbd84a") + disc(x, 56, 23, "#fde88a") + (a > 0.4 ? cloud((x + 240) % 560, 60 + b * 50, 0.7, "#ffffff") : "");
	}
	// Snow falls from an even gray: clouds would make it cloudy as well.
	if (weather === "foggy" || weather === "snowy") return sky;
	const gray = weather === "cloudy" ? "#f3f5f6" : "#525e69";
	const shade = weather === "cloudy" ? "#c3ccd3" : "#414c56";
	return (
		sky +
		[
			[20 + a * 60, 62, 1.2],
			[190 + b * 50, 40, 1.4],
			[370 + c * 50, 66, 1.3],
			[520 + d * 50, 44, 1.3],
		]
			.map(([x = 0, y = 0, scale = 1]) => cloud(x + 8, y + 10, scale, shade) + cloud(x, y, scale, gray))
			.join("")
	);
}

/** Twelve directions around a circle. */
const rayEnds = [
	[1, 0],
	[0.87, 0.5],
	[0.5, 0.87],
	[0, 1],
	[-0.5, 0.87],
	[-0.87, 0.5],
	[-1, 0],
	[-0.87, -0.5],
	[-0.5, -0.87],
	[0, -1],
	[0.5, -0.87],
	[0.87, -0.5],
] as const;

function cloud(x: number, y: number, scale: number, fill: string): string {
	return (
		disc(x - 30 * scale, y, 18 * scale, fill) +
		disc(x - 6 * scale, y - 12 * scale, 25 * scale, fill) +
		disc(x + 24 * scale, y - 4 * scale, 20 * scale, fill) +
		oval(x, y + 7 * scale, 56 * scale, 13 * scale, fill)
	);
}

/** How the light tints what lies below the sky, weakly enough that colors keep their names. */
export function tintGround(light: Light, weather: Weather): string {
	if (light === "night") return rect(0, 0, 640, 480, "#0b1745").replace("/>", ' fill-opacity=".42"/>');
	if (light === "dusk") return rect(0, 0, 640, 480, "#d8683a").replace("/>", ' fill-opacity=".16"/>');
	if (weather === "foggy") return drawFog();
	return weather === "rainy" ? rect(0, 0, 640, 480, "#3c4a58").replace("/>", ' fill-opacity=".18"/>') : "";
}

/** What falls from the sky, in front of everything; `spots` shift it. */
export function drawFall(weather: Weather, spots: readonly number[]): string {
	const [a = 0, b = 0] = spots;
	if (weather === "rainy") {
		const drops = Array.from({ length: 90 }, (_, index) => {
			const x = Math.round((index * 137 + a * 640) % 640);
			const y = Math.round((index * 89 + b * 480) % 480);
			return `M${x} ${y}l-5 15`;
		});
		return line(drops.join(""), "#dcebf5", 1.8);
	}
	if (weather === "snowy") {
		return times(80, (index) => disc((index * 137 + a * 640) % 640, (index * 89 + b * 480) % 480, 2.2 + (index % 3) * 0.8, "#ffffff"));
	}
	return "";
}

/** Banks of fog before the land: things in front of it stay clear. */
function drawFog(): string {
	return (
		rect(0, 0, 640, 480, "#e3e7e8").replace("/>", ' fill-opacity=".5"/>') +
		times(7, (index) => oval(60 + ((index * 211) % 560), 130 + index * 34, 210, 16, "#f3f5f5").replace("/>", ' fill-opacity=".6"/>'))
	);
}
