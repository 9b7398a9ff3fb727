/** The few shapes that drawings are made of. Every number is rounded: the same text on every machine. */

/** To one decimal, without a needless ".0". */
export function fixed(value: number): string {
	const rounded = Math.round(value * 10) / 10;
	return String(Object.is(rounded, -0) ? 0 : rounded);
}

export function rect(x: number, y: number, width: number, height: number, fill: string, radius = 0): string {
	return `<rect x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" height="${fixed(height)}"${radius === 0 ? "" : ` rx="${fixed(radius)}"`} fill="${fill}"/>`;
}

export function oval(x: number, y: number, radiusX: number, radiusY: number, fill: string): string {
	return `<ellipse cx="${fixed(x)}" cy="${fixed(y)}" rx="${fixed(radiusX)}" ry="${fixed(radiusY)}" fill="${fill}"/>`;
}

export function disc(x: number, y: number, radius: number, fill: string): string {
	return `<circle cx="${fixed(x)}" cy="${fixed(y)}" r="${fixed(radius)}" fill="${fill}"/>`;
}

export function shape(path: string, fill: string): string {
	return `<path d="${path}" fill="${fill}"/>`;
}

/** A line with round ends. */
export function line(path: string, stroke: string, width: number): string {
	return `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="${fixed(width)}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

export function group(body: string, transform: string): string {
	return `<g transform="${transform}">${body}</g>`;
}

export function times(count: number, draw: (index: number) => string): string {
	return Array.from({ length: count }, (_, index) => draw(index)).join("");
}
