import type { Random } from "../../../pipeline/random.js";
import type { Scene, Seen, Thing } from "../world/scene.js";

/** What can be said about a scene, and how its things are called without mistaking one for another. */

export interface Facts {
	readonly scene: Scene;
	readonly things: readonly Seen[];
	/** Every kind that is drawn anywhere, in a hand or in the backdrop too. */
	readonly drawn: ReadonlySet<string>;
	readonly people: readonly Seen[];
	readonly rng: Random;
}

/** A question before it is put into words: the slots of its templates and what is right. */
export interface Ask {
	readonly task: string;
	/** Names the templates of the question and of its reason. */
	readonly template: string;
	readonly slots: Readonly<Record<string, string>>;
	readonly answer: string;
	readonly pool?: string;
	readonly alsoRight?: readonly string[];
	/** What the question is about, so that a sentence can say where it is. */
	readonly about?: Thing;
}

/** What a backdrop or what somebody has in hand shows besides the things that are placed. */
const shown: Readonly<Record<string, readonly string[]>> = {
	street: ["house", "window"],
	park: ["tree", "bush"],
	mountains: ["rock"],
	desert: ["rock"],
	forest: ["tree", "bush"],
	savanna: ["tree", "bush"],
	golf: ["tree", "bush"],
	archery: ["tree", "bush"],
	skiing: ["pine tree", "tree"],
	farm: ["fence"],
	kitchen: ["wardrobe", "cupboard"],
	basketball: ["ball", "window"],
	soccer: ["ball"],
	tennis: ["ball"],
	baseball: ["ball"],
	volleyball: ["ball", "fence"],
	bookcase: ["book"],
	bicycle: ["bicycle"],
	kite: ["kite"],
	book: ["book"],
	umbrella: ["parasol"],
	"frying pan": ["cooking pot"],
	easel: ["painting"],
	house: ["window"],
};

/** Kinds that might be taken for one another, so that the absence of one is not asked for where another is there. */
const alike: readonly (readonly string[])[] = [
	["tree", "pine tree", "palm tree", "bush", "cactus"],
	["flower", "vase", "potted plant"],
	["sailboat", "rowboat"],
	["chair", "bench", "sofa", "bed"],
	["floor lamp", "table lamp", "lamppost", "candle"],
	["house", "barn", "lighthouse", "windmill", "tent"],
	["horse", "zebra", "camel"],
	["mirror", "window", "painting"],
	["bucket", "trash can", "cooking pot", "cup"],
	["cup", "teapot", "cooking pot", "vase"],
	["parasol", "tent"],
	["bookcase", "wardrobe", "book"],
	["apple", "pear", "strawberry"],
	["cake", "pizza slice", "donut"],
	["rock", "hay bale"],
	["table", "bench"],
];

export function gatherFacts(scene: Scene, rng: Random): Facts {
	const drawn = new Set<string>();
	const add = (name: string): void => {
		drawn.add(name);
		for (const other of shown[name] ?? []) drawn.add(other);
	};
	add(scene.setting.backdrop);
	for (const thing of scene.things) {
		add(thing.kind.name);
		const gear = thing.person?.activity.gear;
		if (gear !== undefined) add(gear);
	}
	return { scene, things: scene.things, drawn, people: scene.things.filter((thing) => thing.person !== undefined), rng };
}

/** Whether neither the kind nor anything that might be taken for it is in the picture. */
export function isAbsent(name: string, { drawn }: Facts): boolean {
	return !drawn.has(name) && !alike.some((group) => group.includes(name) && group.some((other) => drawn.has(other)));
}

/** All things of a kind, what people ride or hold included. */
export function countOf(name: string, { things }: Facts): number {
	return things.filter((thing) => thing.kind.name === name || thing.person?.activity.gear === name).length;
}

/** The only one of its kind, and clear to see: "the dog" is enough to name it. */
export function isUnique(thing: Seen, facts: Facts): boolean {
	return thing.clear && countOf(thing.kind.name, facts) === 1;
}

/** How a question names a thing: the only one of its kind by that, one of two by its side. Nothing where neither will do. */
export function nameOf(thing: Seen, facts: Facts): string | undefined {
	if (isUnique(thing, facts)) return thing.kind.name;
	const all = facts.things.filter((other) => other.kind.name === thing.kind.name);
	const other = all.find((one) => one !== thing);
	if (all.length !== 2 || other === undefined || !all.every((one) => one.clear) || countOf(thing.kind.name, facts) !== 2) return undefined;
	const apart = thing.x - other.x;
	if (Math.abs(apart) < 130) return undefined;
	return `${thing.kind.name} on the ${apart < 0 ? "left" : "right"}`;
}

/** "an apple", "a bunch of grapes". */
export function withArticle(name: string): string {
	return `${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
}

export function middleOf({ box }: Thing): { x: number; y: number } {
	return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
}

/** The third of the picture in words that fit "in ... of the picture". */
export function partOf(thing: Thing): string {
	const { x } = middleOf(thing);
	return x < 214 ? "the left part" : x > 426 ? "the right part" : "the central part";
}

/** Where a thing stands, in words that follow its name. */
export function standing(thing: Thing, { scene }: Facts): string {
	if (thing.on !== undefined) return `on the ${thing.on.kind.name}`;
	if (["airplane", "helicopter", "hot air balloon"].includes(thing.kind.name)) return "in the sky";
	if (["sailboat", "rowboat"].includes(thing.kind.name)) return "on the water";
	if (["window", "mirror", "painting", "curtain", "blackboard"].includes(thing.kind.name)) return "on the wall";
	if (scene.setting.backdrop === "harbor" && thing.y < 300) return "on the far shore";
	return `on the ${groundOf(thing, scene)}`;
}

export function groundOf({ y }: Thing, { setting }: Scene): string {
	if (setting.backdrop === "street") return y < 330 ? "sidewalk" : "road";
	return setting.ground === "pavement" ? "sidewalk" : setting.ground;
}
