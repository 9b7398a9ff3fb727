import type { fields } from "../draw/fields.js";
import type { landscapes } from "../draw/landscapes.js";
import type { rooms } from "../draw/rooms.js";
import type { ActivityName } from "./activities.js";
import type { Weather } from "./scene.js";

/** Where scenes are set, and what is found there: each list by falling frequency. */

export interface Zone {
	/** Where feet may stand. @unit frame pixels */
	readonly y: readonly [number, number];
	readonly x?: readonly [number, number];
	readonly kinds: readonly string[];
	/** At least and at most so many. */
	readonly count: readonly [number, number];
	/** In place of the scale that follows from the distance. */
	readonly scale?: number;
	/** Of one kind or of several. */
	readonly distinct?: boolean;
}

export interface Setting {
	/** As an answer. */
	readonly name: string;
	readonly type: "outdoor" | "indoor" | "sport";
	readonly backdrop: keyof typeof landscapes | keyof typeof rooms | keyof typeof fields;
	/** Other names that would be right too, or that could be held right. */
	readonly alsoRight: readonly string[];
	readonly horizon: number;
	/** What people stand on. */
	readonly ground: string;
	readonly weathers: readonly Weather[];
	readonly zones: readonly Zone[];
	/** Kinds that come in numbers, to be counted. */
	readonly groups: readonly string[];
	readonly groupZone: Pick<Zone, "y">;
	readonly activities: readonly ActivityName[];
	readonly peopleZone: Pick<Zone, "y" | "x">;
	/** What stands on tables, shelves and the like. */
	readonly onTops: readonly string[];
	/** Kinds that one could expect here, to ask for in vain. */
	readonly expected: readonly string[];
}

const fair: readonly Weather[] = ["sunny", "cloudy", "rainy", "foggy"];

type Base = Pick<Setting, "name" | "backdrop" | "horizon" | "ground"> & Partial<Setting>;

function outdoor(base: Base): Setting {
	return {
		type: "outdoor",
		alsoRight: [],
		weathers: fair,
		zones: [],
		groups: [],
		groupZone: { y: [350, 460] },
		activities: [],
		peopleZone: { y: [340, 455] },
		onTops: [],
		expected: [],
		...base,
	};
}

function room(base: Base): Setting {
	return {
		type: "indoor",
		alsoRight: [],
		weathers: ["sunny"],
		zones: [],
		groups: [],
		groupZone: { y: [400, 465] },
		activities: [],
		peopleZone: { y: [390, 465] },
		onTops: [],
		expected: [],
		...base,
	};
}

export const everyday: readonly Setting[] = [
	outdoor({
		name: "street",
		alsoRight: ["city"],
		backdrop: "street",
		horizon: 262,
		ground: "pavement",
		zones: [
			{
				y: [312, 322],
				kinds: ["tree", "lamppost", "traffic light", "mailbox", "fire hydrant", "trash can", "bench", "bush"],
				count: [2, 4],
				distinct: true,
				scale: 0.8,
			},
			{ y: [395, 448], kinds: ["car", "bus", "truck", "bicycle"], count: [1, 2], distinct: true, scale: 0.95 },
		],
		groups: ["car", "bicycle", "dog", "cat"],
		groupZone: { y: [372, 462] },
		activities: ["walking", "riding a bicycle", "running", "holding an umbrella", "taking a photo", "sweeping", "playing the guitar", "waving"],
		peopleZone: { y: [318, 360] },
		expected: ["bus", "car", "bicycle", "dog", "truck", "traffic light", "fire hydrant", "bench", "mailbox", "cat", "lamppost", "horse"],
	}),
	room({
		name: "kitchen",
		backdrop: "kitchen",
		horizon: 330,
		ground: "floor",
		zones: [
			{ y: [346, 350], kinds: ["refrigerator", "stove"], count: [1, 2], distinct: true, scale: 1.15 },
			{ y: [428, 452], kinds: ["table"], count: [1, 1], scale: 1.2 },
			{ y: [410, 455], kinds: ["chair", "cat", "dog", "trash can"], count: [0, 2], distinct: true },
		],
		groups: [],
		activities: ["cooking", "sweeping", "standing", "waving"],
		onTops: [
			"apple",
			"cup",
			"banana",
			"bottle",
			"cake",
			"teapot",
			"pizza slice",
			"vase",
			"donut",
			"cooking pot",
			"pear",
			"bunch of grapes",
			"candle",
			"slice of watermelon",
			"strawberry",
			"pineapple",
		],
		expected: ["refrigerator", "stove", "cup", "apple", "bottle", "chair", "cat", "teapot", "banana", "cake", "vase", "clock", "dog", "pizza slice"],
	}),
	outdoor({
		name: "beach",
		alsoRight: ["ocean", "desert"],
		backdrop: "beach",
		horizon: 190,
		ground: "sand",
		weathers: ["sunny", "cloudy"],
		zones: [
			{ y: [246, 262], kinds: ["sailboat"], count: [0, 2], scale: 0.55 },
			{ y: [330, 350], kinds: ["palm tree", "parasol"], count: [1, 3], distinct: true },
			{ y: [380, 462], kinds: ["parasol", "bucket", "ball", "sandcastle", "dog", "rock"], count: [1, 4], distinct: true },
		],
		groups: ["parasol", "bucket", "sandcastle", "palm tree", "ball", "dog"],
		activities: ["walking", "flying a kite", "running", "jumping", "taking a photo", "waving", "painting"],
		expected: ["parasol", "ball", "dog", "palm tree", "sailboat", "bucket", "sandcastle", "kite", "car", "bench", "bicycle"],
	}),
	room({
		name: "living room",
		backdrop: "living room",
		horizon: 330,
		ground: "floor",
		zones: [
			{ y: [180, 190], kinds: ["window", "painting", "mirror"], count: [1, 3], distinct: true, scale: 1.1 },
			{ y: [352, 360], kinds: ["sofa"], count: [1, 1], scale: 1.1 },
			{ y: [346, 352], kinds: ["bookcase", "floor lamp", "potted plant"], count: [1, 2], distinct: true, scale: 1.1 },
			{ y: [438, 458], kinds: ["table"], count: [1, 1], scale: 1.05 },
			{ y: [425, 462], kinds: ["cat", "dog", "chair", "potted plant", "ball"], count: [0, 2], distinct: true },
		],
		groups: ["cat"],
		activities: ["reading", "sitting", "playing the guitar", "standing", "sweeping", "waving", "painting"],
		onTops: ["cup", "book", "vase", "laptop", "table lamp", "teapot", "candle", "clock", "apple", "cake"],
		expected: ["sofa", "cat", "dog", "book", "floor lamp", "vase", "clock", "laptop", "chair", "table", "bookcase", "potted plant", "candle", "cup"],
	}),
	outdoor({
		name: "park",
		alsoRight: ["garden", "field", "farm", "golf course", "street"],
		backdrop: "park",
		horizon: 232,
		ground: "grass",
		zones: [
			{ y: [286, 310], kinds: ["tree", "bush", "lamppost", "pine tree"], count: [2, 4], distinct: true },
			{ y: [350, 400], kinds: ["bench"], count: [0, 1] },
			{ y: [370, 462], kinds: ["dog", "duck", "ball", "flower", "rabbit", "trash can", "bicycle", "rock"], count: [1, 3], distinct: true },
			{ y: [120, 170], kinds: ["hot air balloon", "airplane", "helicopter"], count: [0, 1], scale: 0.6 },
		],
		groups: ["duck", "dog", "ball", "rabbit", "tree", "bicycle"],
		activities: [
			"sitting",
			"walking",
			"running",
			"reading",
			"flying a kite",
			"jumping",
			"riding a bicycle",
			"playing the guitar",
			"painting",
			"taking a photo",
			"holding an umbrella",
		],
		expected: ["dog", "bench", "ball", "kite", "bicycle", "tree", "duck", "lamppost", "rabbit", "flower", "car", "horse", "trash can"],
	}),
	outdoor({
		name: "farm",
		alsoRight: ["field", "countryside", "park"],
		backdrop: "farm",
		horizon: 232,
		ground: "grass",
		zones: [
			{ y: [300, 312], kinds: ["barn", "windmill", "house"], count: [1, 1], scale: 1.0 },
			{ y: [318, 335], kinds: ["tree", "hay bale", "bush"], count: [1, 2], distinct: true },
			{ y: [360, 462], kinds: ["cow", "sheep", "horse", "pig", "tractor", "dog", "duck"], count: [1, 3], distinct: true },
		],
		groups: ["sheep", "cow", "pig", "duck", "hay bale", "horse"],
		activities: ["walking", "sweeping", "painting", "waving", "taking a photo"],
		expected: ["cow", "sheep", "horse", "pig", "tractor", "dog", "barn", "duck", "hay bale", "windmill", "cat", "truck"],
	}),
	room({
		name: "bedroom",
		backdrop: "bedroom",
		horizon: 330,
		ground: "floor",
		zones: [
			{ y: [190, 200], kinds: ["window", "painting", "curtain"], count: [1, 2], distinct: true, scale: 1.15 },
			{ y: [346, 352], kinds: ["wardrobe", "floor lamp", "bookcase"], count: [1, 2], distinct: true, scale: 1.1 },
			{ y: [420, 435], kinds: ["bed"], count: [1, 1], scale: 1.2 },
			{ y: [430, 462], kinds: ["cat", "dog", "chair", "potted plant"], count: [0, 2], distinct: true },
		],
		groups: [],
		activities: ["sleeping", "standing", "playing the guitar", "sweeping", "waving", "taking a photo"],
		onTops: ["book", "cat", "laptop", "clock"],
		expected: ["bed", "wardrobe", "cat", "dog", "book", "floor lamp", "laptop", "clock", "chair", "bookcase", "potted plant"],
	}),
	outdoor({
		name: "mountains",
		alsoRight: ["ski slope"],
		backdrop: "mountains",
		horizon: 246,
		ground: "snow",
		weathers: ["sunny", "snowy", "foggy", "cloudy"],
		zones: [
			{ y: [290, 320], kinds: ["pine tree", "house"], count: [1, 4], distinct: true, scale: 0.75 },
			{ y: [360, 462], kinds: ["snowman", "tent", "dog", "rabbit", "rock", "horse"], count: [1, 3], distinct: true },
			{ y: [120, 165], kinds: ["helicopter", "airplane", "hot air balloon"], count: [0, 1], scale: 0.6 },
		],
		groups: ["pine tree", "snowman", "tent", "rabbit"],
		activities: ["walking", "waving", "taking a photo", "jumping", "running", "painting"],
		expected: ["pine tree", "snowman", "tent", "dog", "house", "rabbit", "helicopter", "horse", "car", "bench", "airplane"],
	}),
	outdoor({
		name: "harbor",
		alsoRight: ["river", "lake", "beach", "ocean"],
		backdrop: "harbor",
		horizon: 212,
		ground: "quay",
		zones: [
			{ y: [222, 232], kinds: ["lighthouse", "house"], count: [0, 2], distinct: true, scale: 0.75 },
			{ y: [300, 372], kinds: ["sailboat", "rowboat"], count: [1, 2], scale: 0.85 },
			{ y: [440, 466], kinds: ["bench", "dog", "cat", "bucket", "bicycle", "lamppost", "trash can"], count: [1, 2], distinct: true },
		],
		groups: ["sailboat", "rowboat"],
		groupZone: { y: [262, 384] },
		activities: ["fishing", "walking", "taking a photo", "sitting", "painting", "running", "holding an umbrella"],
		peopleZone: { y: [430, 462] },
		expected: ["sailboat", "rowboat", "lighthouse", "dog", "bench", "bucket", "cat", "bicycle", "car", "lamppost"],
	}),
	room({
		name: "bathroom",
		backdrop: "bathroom",
		horizon: 330,
		ground: "floor",
		zones: [
			{ y: [165, 175], kinds: ["mirror", "window"], count: [1, 2], distinct: true, scale: 1.1 },
			{ y: [372, 384], kinds: ["sink", "toilet"], count: [1, 2], distinct: true, scale: 1.2 },
			{ y: [410, 425], kinds: ["bathtub"], count: [0, 1], scale: 1.2 },
			{ y: [440, 464], kinds: ["cat", "dog", "duck", "trash can", "potted plant", "rug"], count: [0, 2], distinct: true },
		],
		groups: [],
		activities: ["standing", "sweeping", "waving"],
		expected: ["bathtub", "toilet", "sink", "mirror", "cat", "duck", "trash can", "dog", "potted plant", "chair"],
	}),
	outdoor({
		name: "desert",
		alsoRight: ["beach"],
		backdrop: "desert",
		horizon: 236,
		ground: "sand",
		weathers: ["sunny", "cloudy"],
		zones: [
			{ y: [290, 330], kinds: ["cactus", "rock", "tent"], count: [1, 3], distinct: true },
			{ y: [360, 462], kinds: ["camel", "cactus", "horse", "rock", "truck"], count: [1, 3], distinct: true },
			{ y: [120, 165], kinds: ["hot air balloon", "airplane"], count: [0, 1], scale: 0.6 },
		],
		groups: ["cactus", "camel", "tent"],
		activities: ["walking", "taking a photo", "waving", "painting", "running"],
		expected: ["cactus", "camel", "tent", "horse", "truck", "car", "dog", "hot air balloon", "palm tree"],
	}),
	outdoor({
		name: "forest",
		alsoRight: ["park", "jungle"],
		backdrop: "forest",
		horizon: 262,
		ground: "grass",
		weathers: ["sunny"],
		zones: [
			{ y: [316, 345], kinds: ["pine tree", "bush", "tree", "tent"], count: [1, 3], distinct: true },
			{ y: [380, 462], kinds: ["tent", "rabbit", "dog", "flower", "rock", "horse", "duck"], count: [1, 3], distinct: true },
		],
		groups: ["rabbit", "tent", "flower"],
		activities: ["walking", "reading", "running", "playing the guitar", "taking a photo", "painting"],
		expected: ["tent", "rabbit", "dog", "horse", "rock", "bicycle", "bench", "duck", "cat"],
	}),
	outdoor({
		name: "savanna",
		alsoRight: ["field", "zoo", "desert", "farm"],
		backdrop: "savanna",
		horizon: 228,
		ground: "grass",
		weathers: ["sunny", "cloudy"],
		zones: [
			{ y: [322, 352], kinds: ["giraffe", "elephant", "zebra", "rock", "bush"], count: [1, 2], distinct: true, scale: 0.85 },
			{ y: [400, 464], kinds: ["zebra", "elephant", "giraffe", "bush", "rock"], count: [1, 2], distinct: true, scale: 0.95 },
		],
		groups: ["zebra", "elephant", "giraffe"],
		activities: ["taking a photo", "walking", "painting"],
		expected: ["zebra", "elephant", "giraffe", "camel", "horse", "car", "tent", "truck", "rock"],
	}),
	room({
		name: "classroom",
		alsoRight: ["school"],
		backdrop: "classroom",
		horizon: 330,
		ground: "floor",
		zones: [
			{ y: [212, 220], kinds: ["blackboard"], count: [1, 1], scale: 1.35, x: [170, 470] },
			{ y: [346, 350], kinds: ["bookcase", "potted plant"], count: [0, 2], distinct: true },
			{ y: [400, 456], kinds: ["table"], count: [1, 2], scale: 0.95 },
			{ y: [400, 462], kinds: ["chair"], count: [0, 2] },
		],
		groups: ["chair"],
		activities: ["standing", "waving", "sweeping", "painting"],
		onTops: ["book", "apple", "laptop", "clock", "potted plant", "cup"],
		expected: ["blackboard", "book", "apple", "laptop", "chair", "clock", "bookcase", "cat", "potted plant"],
	}),
];

function sport(name: string, backdrop: keyof typeof fields, horizon: number, ground: string, rest: Partial<Setting> = {}): Setting {
	return outdoor({ name, type: "sport", backdrop, horizon, ground, weathers: ["sunny", "cloudy"], peopleZone: { y: [410, 452] }, activities: [], ...rest });
}

const lookers = ["dog", "ball", "bench", "bicycle", "car", "cat", "horse", "tree"];

/** One for each sport, by falling frequency: the activity of that name is what people do there. */
export const sports: readonly Setting[] = [
	sport("tennis court", "tennis", 150, "court", { activities: ["tennis"], expected: ["dog", "ball", "bench", "bicycle", "cat", "car"] }),
	sport("baseball field", "baseball", 130, "grass", { activities: ["baseball"], alsoRight: ["field", "stadium"], expected: lookers }),
	sport("skate park", "skateboarding", 120, "concrete", {
		activities: ["skateboarding"],
		alsoRight: ["park", "street"],
		expected: lookers,
		zones: [{ y: [280, 300], x: [180, 460], kinds: ["bench", "trash can", "dog"], count: [0, 1] }],
	}),
	sport("ocean", "surfing", 200, "wave", {
		activities: ["surfing"],
		alsoRight: ["beach"],
		peopleZone: { y: [322, 346], x: [150, 290] },
		expected: ["sailboat", "rowboat", "dog", "parasol", "palm tree"],
		zones: [{ y: [224, 236], x: [440, 600], kinds: ["sailboat"], count: [0, 1], scale: 0.5 }],
	}),
	sport("ski slope", "skiing", 190, "snow", {
		activities: ["skiing"],
		alsoRight: ["mountains"],
		weathers: ["sunny", "snowy", "cloudy"],
		peopleZone: { y: [386, 440] },
		expected: ["snowman", "dog", "house", "tent", "bench"],
	}),
	sport("soccer field", "soccer", 130, "grass", {
		activities: ["soccer"],
		alsoRight: ["field", "stadium"],
		expected: ["dog", "bench", "bicycle", "cat", "horse"],
	}),
	sport("basketball court", "basketball", 0, "court", {
		activities: ["basketball"],
		alsoRight: ["gym"],
		weathers: ["sunny"],
		expected: ["dog", "bench", "bicycle", "cat"],
		type: "sport",
	}),
	sport("golf course", "golf", 222, "grass", {
		activities: ["golf"],
		alsoRight: ["field", "park"],
		expected: ["dog", "bench", "car", "duck", "horse"],
		zones: [{ y: [380, 455], kinds: ["duck", "rabbit"], count: [0, 1] }],
	}),
	sport("ice rink", "hockey", 130, "ice", { activities: ["hockey"], alsoRight: ["stadium"], expected: ["dog", "bench", "snowman", "cat"] }),
	sport("beach", "volleyball", 190, "sand", {
		activities: ["volleyball"],
		alsoRight: ["volleyball court", "ocean", "desert"],
		expected: ["dog", "parasol", "palm tree", "bucket", "sandcastle"],
	}),
	sport("field", "archery", 222, "grass", {
		activities: ["archery"],
		alsoRight: ["park", "farm", "archery range", "savanna", "golf course", "meadow"],
		expected: ["dog", "horse", "bench", "bicycle", "cow"],
	}),
];
