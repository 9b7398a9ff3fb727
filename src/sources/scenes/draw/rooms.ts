import { line, rect, shape, times } from "./svg.js";

/** Walls and floors. Pale, so that what stands before them is told apart. */

const walls = ["#e9dfc8", "#d8e3e6", "#e6d6d6", "#dce6d2", "#e4ddea"];

function wallpaper(variant: number): string {
	const wall = walls[variant % walls.length] ?? "";
	const kind = Math.floor(variant / 5) % 3;
	const marks =
		kind === 0
			? ""
			: kind === 1
				? times(16, (index) => rect(index * 42 + 8, 0, 14, 330, "#ffffff40"))
				: times(
						60,
						(index) =>
							`<circle cx="${(index % 12) * 56 + (Math.floor(index / 12) % 2) * 28}" cy="${24 + Math.floor(index / 12) * 62}" r="5" fill="#ffffff70"/>`,
					);
	return rect(0, 0, 640, 332, wall) + marks;
}

function tiles(top: number, bottom: number, size: number, ground: string, gap: string): string {
	const down = Array.from({ length: Math.floor((bottom - top) / size) }, (_, index) => `M0 ${top + index * size}H640`).join("");
	const across = Array.from({ length: Math.floor(640 / size) }, (_, index) => `M${index * size + 10} ${top}V${bottom}`).join("");
	return rect(0, top, 640, bottom - top, ground) + line(down + across, gap, 1.5);
}

function planks(tone: string, seam: string): string {
	return (
		rect(0, 330, 640, 150, tone) +
		line(`${Array.from({ length: 12 }, (_, index) => `M${index * 60 + 4} 332L${index * 84 - 110} 480`).join("")}M0 366H640M0 412H640`, seam, 1.4)
	);
}

const skirting = (color: string): string => rect(0, 320, 640, 12, color);

function floorOf(variant: number): string {
	switch (variant % 3) {
		case 0:
			return planks("#c99b66", "#a87b48");
		case 1:
			return planks("#a9805a", "#8a6542");
		default:
			return rect(0, 330, 640, 150, "#cdbfae");
	}
}

function checkeredFloor(): string {
	const rows = [332, 352, 380, 420, 480];
	const squares = rows.slice(0, -1).flatMap((top, row) => {
		const bottom = rows[row + 1] ?? 480;
		const edge = (index: number, y: number): number => Math.round(320 + (index - 6) * (70 + (y - 332) * 0.3));
		return Array.from({ length: 12 }, (_, index) =>
			(index + row) % 2 === 0 ? `M${edge(index, top)} ${top}H${edge(index + 1, top)}L${edge(index + 1, bottom)} ${bottom}H${edge(index, bottom)}Z` : "",
		);
	});
	return rect(0, 330, 640, 150, "#eceae4") + shape(squares.join(""), "#b9c3c8");
}

/** The counter of a kitchen runs along the wall, with cupboards above it. */
function kitchenWall(variant: number): string {
	const front = ["#a9c0b4", "#c8b08f", "#9fb2c6"][variant % 3] ?? "";
	return (
		tiles(120, 250, 26, "#f0efe9", "#d6d3ca") +
		times(3, (index) => rect(20 + index * 90, 26, 84, 84, front, 3) + rect(26 + index * 90, 32, 72, 72, "#ffffff30", 2)) +
		rect(0, 250, 640, 76, front) +
		times(8, (index) => rect(6 + index * 80, 266, 70, 54, "#ffffff30", 2)) +
		rect(0, 240, 640, 14, "#8d7256")
	);
}

export const rooms = {
	kitchen: (variant: number): string => wallpaper(variant) + kitchenWall(variant) + checkeredFloor(),
	"living room": (variant: number): string => wallpaper(variant) + skirting("#f6f1e4") + floorOf(variant),
	bedroom: (variant: number): string => wallpaper(variant + 7) + skirting("#f6f1e4") + floorOf(variant + 1),
	bathroom: (variant: number): string => {
		const tone = ["#dcedf0", "#e3eee4", "#f0e6e6"][variant % 3] ?? "";
		return rect(0, 0, 640, 150, "#f5f5f1") + tiles(150, 330, 34, tone, "#ffffff") + rect(0, 146, 640, 8, "#7fb0bd") + tiles(330, 480, 50, "#c6d2d6", "#aab8bd");
	},
	classroom: (variant: number): string => wallpaper(variant - (variant % 15) + (variant % 5)) + skirting("#8d7256") + planks("#c4a57c", "#a5865c"),
} as const;
