import { type Random, random } from "../../../pipeline/random.js";
import type { Color, Pattern } from "../draw/ink.js";
import { type ActivityName, activities } from "./activities.js";
import { composePerson } from "./compose-person.js";
import { between, pickSkewed } from "./draws.js";
import { everyday } from "./everyday.js";
import { type Kind, kindOf } from "./kinds.js";
import { findSpot, kindBox, markSeen, type Spot, scaleAt } from "./place.js";
import { frame, type Light, type Scene, type Thing, type Weather } from "./scene.js";
import type { Setting, Zone } from "./settings.js";
import { sports } from "./sports.js";

const sportShare = 0.22;

/** The scene of a number: the same for the same seed and skew, whatever is drawn of it. */
export function composeScene(seed: number, index: number, skew: number): Scene {
	const rng = random(seed, `picture ${index}`, "scenes");
	const setting = rng.next() < sportShare ? pickSkewed(sports, skew, rng) : pickSkewed(everyday, skew, rng);
	const weather = pickSkewed(setting.weathers, skew, rng);
	const light = setting.type === "indoor" || setting.backdrop === "basketball" || setting.backdrop === "forest" ? "day" : pickLight(weather, rng);
	const spots = Array.from({ length: 12 }, () => Math.round(rng.next() * 1000) / 1000);
	const composer = new Composer(setting, weather, skew, rng);
	composer.fill();
	return { index, setting, light, weather, spots, things: markSeen(composer.things) };
}

function pickLight(weather: Weather, rng: Random): Light {
	const draw = rng.next();
	if (weather !== "sunny" || draw < 0.66) return "day";
	return draw < 0.83 ? "night" : "dusk";
}

/** Puts one thing after another into a scene. */
class Composer {
	readonly things: Thing[] = [];
	private readonly indoor: boolean;

	constructor(
		private readonly setting: Setting,
		private readonly weather: Weather,
		private readonly skew: number,
		private readonly rng: Random,
	) {
		this.indoor = setting.type === "indoor";
	}

	fill(): void {
		const { setting, rng } = this;
		if (setting.type === "sport") this.addPlayers();
		for (const zone of setting.zones) this.fillZone(zone);
		if (setting.type !== "sport") this.addPeople();
		if (setting.groups.length > 0 && rng.next() < 0.85) this.addGroup();
		this.fillTops();
	}

	private fillZone(zone: Zone): void {
		const count = between(zone.count[0], zone.count[1], this.rng);
		const used = new Set<string>();
		for (let placed = 0; placed < count; placed++) {
			const kinds = zone.kinds.filter((name) => zone.distinct !== true || !used.has(name));
			if (kinds.length === 0) return;
			const name = pickSkewed(kinds, this.skew, this.rng);
			used.add(name);
			this.addStanding(kindOf(name), zone);
		}
	}

	/** Several of one kind, to be counted. */
	private addGroup(): void {
		const kind = kindOf(pickSkewed(this.setting.groups, this.skew, this.rng));
		const count = pickSkewed([2, 3, 1, 4, 5, 6, 7, 8], this.skew, this.rng);
		for (let placed = 0; placed < count; placed++) this.addStanding(kind, this.setting.groupZone, 0.88);
	}

	private addStanding(kind: Kind, zone: Pick<Zone, "y" | "x" | "scale">, shrink = 1): void {
		const { setting, rng } = this;
		const boxAt = (x: number, y: number) => {
			const scale = Math.round((zone.scale ?? scaleAt(y, setting.horizon, this.indoor)) * (kind.grow ?? 1) * shrink * 100) / 100;
			return { box: kindBox(kind, { x, y, scale }), scale };
		};
		const depthOf = (y: number): number => (kind.name === "rug" ? y - 200 : y);
		const spot = findSpot(this.things, rng, { x: zone.x ?? [20, frame.width - 20], y: zone.y }, boxAt, depthOf);
		if (spot !== undefined) this.add(kind, spot, depthOf(spot.y));
	}

	private add(kind: Kind, spot: Spot, depth: number, on?: Thing): void {
		const { rng, skew } = this;
		const material = kind.materials === undefined ? undefined : pickSkewed(kind.materials, skew, rng);
		// What lies on something of its own color would be lost on it.
		const choices = kind.colors?.filter((one) => one !== on?.color);
		const color: Color | undefined = choices === undefined || choices.length === 0 ? kind.colors?.[0] : pickSkewed(choices, skew, rng);
		// Half of what can have a pattern has none: colors are asked of what is plain.
		const pattern: Pattern | undefined = kind.patterns === undefined ? undefined : rng.next() < 0.4 ? "plain" : pickSkewed(kind.patterns, skew, rng);
		this.things.push({
			kind,
			...spot,
			flip: rng.next() < 0.5,
			...(color === undefined ? {} : { color }),
			...(pattern === undefined ? {} : { pattern }),
			...(material === undefined ? {} : { material }),
			variant: rng.below(6),
			...(on === undefined ? {} : { on }),
			depth,
			box: kindBox(kind, spot),
		});
	}

	private fillTops(): void {
		const { rng, setting } = this;
		if (setting.onTops.length === 0) return;
		for (const support of [...this.things]) {
			const { top } = support.kind;
			if (top === undefined || this.things.some((thing) => thing.on === support)) continue;
			const isTable = support.kind.name === "table";
			const count = isTable ? pickSkewed([2, 3, 1, 4], 0.6, rng) : rng.next() < 0.4 ? 1 : 0;
			const names = new Set<string>();
			// Tables hold what tables hold; a bookcase or a sofa has a cat or a book on it.
			const choices = isTable
				? setting.onTops.filter((name) => name !== "cat")
				: support.kind.name === "bookcase"
					? ["clock", "vase", "potted plant"]
					: ["book", "cat"];
			const pair =
				isTable && rng.next() < 0.35
					? pickSkewed(
							setting.onTops.filter((name) => name !== "cat"),
							this.skew,
							rng,
						)
					: undefined;
			for (let slot = 0; slot < count; slot++) {
				const name =
					pair ??
					pickSkewed(
						choices.filter((choice) => !names.has(choice)),
						this.skew * 0.7,
						rng,
					);
				names.add(name);
				const kind = kindOf(name);
				const scale = Math.round(support.scale * 0.92 * (kind.grow ?? 1) * 100) / 100;
				const width = top.width * support.scale;
				const x = Math.round(support.x - width / 2 + (width * (slot + 0.5)) / count + (rng.next() - 0.5) * 8);
				const spot = { x, y: Math.round(support.y - top.height * support.scale), scale };
				const box = kindBox(kind, spot);
				const clash = this.things.some(
					(thing) =>
						thing !== support &&
						box.left < thing.box.right &&
						thing.box.left < box.right &&
						box.top < thing.box.bottom &&
						thing.box.top < box.bottom &&
						thing.depth > support.depth - 1,
				);
				if (box.top > 2 && !clash) this.add(kind, spot, support.depth + 0.5, support);
			}
		}
	}

	private addPlayers(): void {
		const name = this.setting.activities[0];
		if (name === undefined) return;
		const count = ["surfing", "golf", "archery", "skiing", "skateboarding"].includes(name) ? 1 : pickSkewed([1, 2], this.skew, this.rng);
		for (let placed = 0; placed < count; placed++) this.addPerson(name, 1.28);
	}

	private addPeople(): void {
		const count = pickSkewed([1, 2, 0, 3], 0.9, this.rng);
		const left = this.setting.activities.filter((name) => name !== "holding an umbrella" || this.weather === "rainy");
		for (let placed = 0; placed < count; placed++) {
			const rainy = this.weather === "rainy" && left.includes("holding an umbrella") && this.rng.next() < 0.7;
			const name = rainy ? "holding an umbrella" : pickSkewed(left, this.skew, this.rng);
			this.addPerson(name, this.indoor ? 1.12 : 1.1);
		}
	}

	private addPerson(name: ActivityName, size: number): void {
		const { setting, rng } = this;
		const seat = this.findSeat(activities[name].pose);
		if (seat === "none") return;
		const range = seat === undefined ? setting.peopleZone.y : ([seat.y, seat.y] as const);
		const made = composePerson(
			activities[name],
			{ seat, range, across: setting.peopleZone.x ?? [60, frame.width - 60], size, horizon: setting.horizon, indoor: this.indoor, skew: this.skew },
			this.things,
			rng,
		);
		if (made !== undefined) this.things.push(made);
	}

	/** Somebody who sits needs a free seat, a sleeper a bed; the others need none. */
	private findSeat(pose: string): Thing | "none" | undefined {
		const seats = pose === "sitting" || pose === "reading" ? ["bench", "sofa"] : pose === "lying" ? ["bed"] : [];
		if (seats.length === 0) return undefined;
		return this.things.find((thing) => seats.includes(thing.kind.name) && !this.things.some((other) => other.on === thing)) ?? "none";
	}
}
