import { frame, type Scene, type Thing } from "../world/scene.js";
import { fields } from "./fields.js";
import { type Gear, gears } from "./gear.js";
import { definePaints, type Ink, inkOf, inkOfMaterial } from "./ink.js";
import { landscapes } from "./landscapes.js";
import { drawPerson, type Looks } from "./person.js";
import { type Pose, poses } from "./poses.js";
import { rooms } from "./rooms.js";
import { drawFall, drawSky, tintGround } from "./sky.js";
import { fixed, group, oval } from "./svg.js";

/** A scene as SVG: the backdrop, then its things from back to front, then what falls from the sky. */
export function drawScene(scene: Scene): string {
	const body = drawBackdrop(scene) + scene.things.map((thing) => drawThing(thing, scene)).join("") + drawFall(scene.weather, scene.spots);
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${frame.width} ${frame.height}"><defs>${definePaints(body)}</defs>${body}</svg>`;
}

function drawBackdrop({ setting, light, weather, spots }: Scene): string {
	const { backdrop } = setting;
	const variant = Math.floor((spots[4] ?? 0) * 30);
	if (backdrop in rooms) return rooms[backdrop as keyof typeof rooms](variant);
	const sky = drawSky(backdrop === "skiing" ? 340 : Math.max(setting.horizon, 120) + 20, light, weather, spots);
	const land = backdrop in fields ? fields[backdrop as keyof typeof fields](variant) : landscapes[backdrop as keyof typeof landscapes](spots);
	const hasSky = backdrop !== "forest" && backdrop !== "basketball";
	return `${hasSky ? sky : ""}${land}${tintGround(light, weather)}`;
}

const aloft = new Set(["airplane", "helicopter", "hot air balloon"]);
const flat = new Set(["rug", "window", "mirror", "painting", "curtain", "blackboard", "sailboat", "rowboat"]);

function drawThing(thing: Thing, { setting }: Scene): string {
	const { kind, x, y, scale, flip } = thing;
	const drawn = thing.person === undefined ? kind.draw(inkOfThing(thing), thing.variant) : drawFigure(thing);
	const place = `translate(${fixed(x)} ${fixed(y)}) scale(${flip ? -scale : scale} ${scale})`;
	const lies =
		aloft.has(kind.name) || flat.has(kind.name) || setting.backdrop === "surfing" || (thing.on !== undefined && thing.person?.activity.pose === "lying");
	const shadow =
		lies || thing.on?.kind.category === "furniture"
			? ""
			: oval(x, y + 1, kind.width * scale * 0.5, Math.min(8, 6 * scale), "#000000").replace("/>", ' fill-opacity=".2"/>');
	return shadow + group(drawn, place);
}

function inkOfThing({ color, pattern, material }: Thing): Ink {
	if (material !== undefined) return inkOfMaterial(material);
	return inkOf(color ?? "gray", pattern ?? "plain");
}

function drawFigure(thing: Thing): string {
	const { person } = thing;
	if (person === undefined) return "";
	const { activity } = person;
	const looks: Looks = {
		woman: person.woman,
		skin: person.skin,
		hair: person.hair,
		style: person.style,
		shirt: inkOf(person.shirt, person.shirtPattern),
		trousers: inkOf(person.trousers),
		skirt: person.skirt,
		shorts: person.shorts,
		asleep: activity.pose === "lying",
		hat: activity.hat,
	};
	const pose: Pose = poses[activity.pose];
	const { behind, front } = drawPerson(pose, looks);
	const gear: Gear = activity.gear === undefined ? {} : gears[activity.gear](inkOf(person.gearColor));
	return (gear.under ?? "") + behind + (gear.over ?? "") + front;
}
