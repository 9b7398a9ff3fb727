import { encodePng } from "../../sources/scenes/picture/encode-png.js";

const side = 224;
const radius = 80;

/** A picture with one large shape of one colour on white, as a data URL: nobody who sees it can name another colour. */
export function drawShape(shape: "circle" | "square", [red, green, blue]: readonly [number, number, number]): string {
	const data = new Uint8Array(side * side * 4).fill(255);
	for (let y = 0; y < side; y++) {
		for (let x = 0; x < side; x++) {
			const [dx, dy] = [Math.abs(x - side / 2), Math.abs(y - side / 2)];
			const isInside = shape === "circle" ? dx * dx + dy * dy <= radius * radius : Math.max(dx, dy) <= radius;
			if (isInside) data.set([red, green, blue], (y * side + x) * 4);
		}
	}
	return `data:image/png;base64,${encodePng({ width: side, height: side, data }).toString("base64")}`;
}
