import * as animals from "../draw/animals.js";
import * as furniture from "../draw/furniture.js";
import type { Color, Ink, Material, Pattern } from "../draw/ink.js";
import * as outdoors from "../draw/outdoors.js";
import * as small from "../draw/small-things.js";
import * as vehicles from "../draw/vehicles.js";

/** Every kind of thing that is drawn, with what can be asked about it. */

export type Category = "animal" | "vehicle" | "food" | "furniture" | "object" | "plant" | "building" | "outdoor" | "person";

export interface Kind {
	readonly name: string;
	readonly plural: string;
	readonly category: Category;
	/** At scale 1. @unit frame pixels */
	readonly width: number;
	readonly height: number;
	readonly draw: (ink: Ink, variant: number) => string;
	/** By falling frequency; absent where the colors are always the same and are no question. */
	readonly colors?: readonly Color[];
	readonly patterns?: readonly Pattern[];
	readonly materials?: readonly Material[];
	/** Where other things can stand on it. */
	readonly top?: { readonly height: number; readonly width: number };
	/** What it is for, and what else that could be called. */
	readonly use?: readonly string[];
	/** Relative to others at the same distance. */
	readonly grow?: number;
	/** Of the plain color, too little is seen or it is as usual that nobody would ask. */
	readonly askColor?: boolean;
}

type Rest = Partial<Omit<Kind, "name" | "category" | "width" | "height" | "draw">>;

function kind(name: string, category: Category, size: readonly [number, number], draw: Kind["draw"], rest: Rest = {}): Kind {
	return { name, category, width: size[0], height: size[1], draw, ...rest, plural: rest.plural ?? `${name}s` };
}

const coats: readonly Color[] = ["brown", "black", "white", "gray", "orange"];
const painted: readonly Color[] = ["white", "red", "blue", "black", "gray", "green", "yellow", "orange", "purple"];
const bright: readonly Color[] = ["red", "blue", "yellow", "green", "orange", "pink", "purple", "white"];
const cloths: readonly Pattern[] = ["plain", "striped", "dotted", "checkered", "floral", "zigzag"];
const wares: readonly Color[] = ["white", "blue", "red", "green", "yellow", "pink", "orange", "purple", "black"];

const list: readonly Kind[] = [
	kind("dog", "animal", [118, 84], animals.drawDog, { colors: coats }),
	kind("cat", "animal", [74, 90], animals.drawCat, { colors: ["gray", "orange", "black", "white", "brown"] }),
	kind("horse", "animal", [160, 156], animals.drawHorse, { colors: ["brown", "white", "black", "gray"] }),
	kind("cow", "animal", [160, 124], animals.drawCow, { colors: ["white"], askColor: false }),
	kind("sheep", "animal", [112, 82], animals.drawSheep, { plural: "sheep", colors: ["white", "black", "brown"] }),
	kind("pig", "animal", [124, 80], animals.drawPig, { colors: ["pink"], askColor: false }),
	kind("rabbit", "animal", [70, 88], animals.drawRabbit, { colors: ["white", "gray", "brown"], grow: 0.85 }),
	kind("duck", "animal", [92, 70], animals.drawDuck, { colors: ["white", "yellow", "brown"], grow: 0.8 }),
	kind("zebra", "animal", [160, 156], animals.drawZebra),
	kind("camel", "animal", [156, 148], animals.drawCamel, { colors: ["brown"], askColor: false }),
	kind("elephant", "animal", [176, 124], animals.drawElephant, { colors: ["gray"], askColor: false, grow: 1.35 }),
	kind("giraffe", "animal", [154, 212], animals.drawGiraffe, { grow: 1.15 }),

	kind("car", "vehicle", [172, 72], vehicles.drawCar, {
		colors: painted,
		use: ["driving", "carrying passengers", "riding", "travel", "carrying goods"],
		grow: 1.15,
	}),
	kind("bus", "vehicle", [226, 106], vehicles.drawBus, {
		plural: "buses",
		colors: ["red", "yellow", "blue", "green", "white", "orange"],
		use: ["carrying passengers", "driving", "riding", "travel", "carrying goods"],
		grow: 1.3,
	}),
	kind("truck", "vehicle", [212, 106], vehicles.drawTruck, {
		colors: ["white", "blue", "red", "green", "yellow", "orange"],
		use: ["carrying goods", "driving", "moving things", "carrying passengers"],
		grow: 1.25,
	}),
	kind("tractor", "vehicle", [160, 120], vehicles.drawTractor, { colors: ["green", "red", "blue", "orange"], use: ["farming", "driving", "plowing"] }),
	kind("bicycle", "vehicle", [134, 82], vehicles.drawBicycle, { colors: bright, use: ["riding", "driving", "travel", "exercising"] }),
	kind("airplane", "vehicle", [200, 70], vehicles.drawAirplane, {
		colors: ["blue", "red", "gray", "green", "orange"],
		askColor: false,
		use: ["flying", "travel", "carrying passengers"],
	}),
	kind("hot air balloon", "vehicle", [104, 158], vehicles.drawBalloon, {
		colors: bright,
		askColor: false,
		use: ["flying", "riding", "carrying passengers", "travel"],
	}),
	kind("helicopter", "vehicle", [176, 90], vehicles.drawHelicopter, {
		colors: ["red", "blue", "green", "yellow", "orange"],
		use: ["flying", "travel", "carrying passengers"],
	}),
	kind("sailboat", "vehicle", [152, 154], vehicles.drawSailboat, {
		colors: ["blue", "red", "white", "brown", "green", "black"],
		askColor: false,
		use: ["sailing", "travel", "carrying passengers", "riding"],
	}),
	kind("rowboat", "vehicle", [140, 70], outdoors.drawBoat, {
		colors: ["brown", "red", "green", "blue", "white"],
		use: ["rowing", "fishing", "travel", "carrying passengers", "riding", "sailing"],
	}),

	kind("table", "furniture", [200, 84], furniture.drawTable, { materials: ["wood", "metal", "glass", "stone"], top: { height: 76, width: 156 } }),
	kind("chair", "furniture", [64, 100], furniture.drawChair, { materials: ["wood", "metal"], top: { height: 48, width: 34 }, use: ["sitting", "resting"] }),
	kind("sofa", "furniture", [224, 86], furniture.drawSofa, {
		colors: ["gray", "blue", "red", "green", "brown", "yellow", "purple", "pink", "white"],
		patterns: ["plain", "striped", "floral", "checkered", "dotted"],
		top: { height: 48, width: 120 },
		use: ["sitting", "sleeping", "resting", "lying down"],
	}),
	kind("bed", "furniture", [240, 84], furniture.drawBed, {
		colors: ["blue", "white", "red", "green", "purple", "pink", "yellow", "gray", "orange"],
		patterns: cloths,
		askColor: false,
		top: { height: 58, width: 110 },
		use: ["sleeping", "lying down", "resting", "sitting"],
	}),
	kind("bench", "furniture", [176, 80], furniture.drawBench, {
		plural: "benches",
		materials: ["wood", "metal", "stone"],
		top: { height: 38, width: 130 },
		use: ["sitting", "resting"],
	}),
	kind("bookcase", "furniture", [108, 164], furniture.drawBookcase, {
		colors: ["brown", "white", "black", "gray"],
		top: { height: 164, width: 60 },
		use: ["storing books", "holding books"],
	}),
	kind("wardrobe", "furniture", [126, 172], furniture.drawWardrobe, {
		colors: ["brown", "white", "gray", "green", "blue"],
		use: ["storing clothes", "hanging clothes"],
	}),
	kind("floor lamp", "furniture", [66, 154], furniture.drawFloorLamp, {
		colors: ["white", "yellow", "red", "green", "blue", "orange"],
		use: ["giving light"],
		askColor: false,
	}),
	kind("refrigerator", "furniture", [80, 166], furniture.drawFridge, {
		colors: ["white", "gray", "red", "blue", "green"],
		use: ["keeping food cold", "storing food"],
	}),
	kind("stove", "furniture", [92, 106], furniture.drawStove, { colors: ["white", "gray", "black", "red"], use: ["cooking", "baking", "heating food"] }),
	kind("bathtub", "furniture", [204, 102], furniture.drawBathtub, {
		colors: ["white", "blue", "pink", "green"],
		use: ["bathing", "washing", "cleaning", "resting"],
	}),
	kind("toilet", "furniture", [76, 92], furniture.drawToilet),
	kind("sink", "furniture", [100, 110], furniture.drawSink, { use: ["washing hands", "brushing teeth", "cleaning"] }),
	kind("rug", "furniture", [230, 30], furniture.drawRug, {
		colors: ["red", "blue", "green", "gray", "orange", "purple", "yellow"],
		patterns: cloths,
		askColor: false,
	}),
	kind("window", "object", [100, 108], furniture.drawWindow),
	kind("mirror", "object", [66, 88], furniture.drawMirror, { colors: ["brown", "gray", "yellow"], askColor: false, use: ["seeing oneself", "shaving"] }),
	kind("painting", "object", [86, 64], furniture.drawPainting, { colors: ["green", "blue", "orange", "purple"], askColor: false }),
	kind("curtain", "object", [146, 124], furniture.drawCurtain, {
		colors: ["red", "blue", "green", "white", "yellow", "purple", "pink"],
		patterns: cloths,
		askColor: false,
	}),
	kind("blackboard", "object", [214, 114], furniture.drawBlackboard, { use: ["writing", "teaching", "drawing"] }),

	kind("cup", "object", [46, 38], small.drawCup, { colors: wares, patterns: ["plain", "striped", "dotted", "checkered"], use: ["drinking", "holding drinks"] }),
	kind("bottle", "object", [32, 70], small.drawBottle, { colors: ["green", "blue", "red", "brown", "yellow", "purple"], use: ["holding drinks", "drinking"] }),
	kind("vase", "object", [48, 86], small.drawVase, {
		colors: ["blue", "white", "red", "green", "yellow", "purple", "black"],
		patterns: cloths,
		use: ["holding flowers"],
	}),
	kind("book", "object", [66, 18], small.drawBook, {
		colors: ["red", "blue", "green", "brown", "black", "purple", "yellow"],
		use: ["reading", "studying"],
		grow: 1.1,
	}),
	kind("table lamp", "object", [54, 66], small.drawTableLamp, { colors: ["white", "yellow", "red", "green", "orange", "pink"], use: ["giving light"] }),
	kind("clock", "object", [54, 58], small.drawClock, { colors: ["red", "blue", "black", "yellow", "green", "white"], use: ["telling time"] }),
	kind("laptop", "object", [80, 46], small.drawLaptop, {
		colors: ["gray", "black", "white", "blue", "pink"],
		askColor: false,
		use: ["typing", "working", "writing"],
	}),
	kind("teapot", "object", [84, 54], small.drawTeapot, { colors: wares, use: ["making tea", "pouring tea", "holding drinks"] }),
	kind("potted plant", "object", [70, 86], small.drawPlant, { colors: ["orange", "brown", "white", "blue", "red"], askColor: false }),
	kind("candle", "object", [42, 68], small.drawCandle, { colors: ["white", "red", "yellow", "blue", "green"], use: ["giving light"] }),
	kind("cooking pot", "object", [88, 42], small.drawKettlePot, { colors: ["gray", "red", "black", "blue", "green"], use: ["cooking", "heating food"] }),

	kind("apple", "food", [44, 44], small.drawApple, { colors: ["red", "green", "yellow"], use: ["eating"] }),
	kind("banana", "food", [76, 36], small.drawBanana, { use: ["eating"] }),
	kind("pear", "food", [42, 58], small.drawPear, { use: ["eating"] }),
	kind("pizza slice", "food", [74, 50], small.drawPizza, { use: ["eating"] }),
	kind("cake", "food", [82, 66], small.drawCake, { use: ["eating"] }),
	kind("donut", "food", [50, 50], small.drawDonut, { use: ["eating"] }),
	kind("bunch of grapes", "food", [54, 58], small.drawGrapes, { plural: "bunches of grapes", use: ["eating"] }),
	kind("strawberry", "food", [40, 48], small.drawStrawberry, { plural: "strawberries", use: ["eating"] }),
	kind("slice of watermelon", "food", [78, 32], small.drawWatermelon, { plural: "slices of watermelon", use: ["eating"] }),
	kind("pineapple", "food", [44, 78], small.drawPineapple, { use: ["eating"] }),

	kind("tree", "plant", [112, 150], outdoors.drawTree, { grow: 1.35 }),
	kind("pine tree", "plant", [90, 148], outdoors.drawPine, { grow: 1.35 }),
	kind("palm tree", "plant", [132, 166], outdoors.drawPalm, { grow: 1.3 }),
	kind("cactus", "plant", [84, 126], outdoors.drawCactus, { plural: "cacti" }),
	kind("bush", "plant", [96, 54], outdoors.drawBush, { plural: "bushes" }),
	kind("flower", "plant", [52, 76], outdoors.drawFlower, { colors: ["red", "yellow", "pink", "purple", "white", "orange"] }),
	kind("rock", "outdoor", [90, 44], outdoors.drawRock),
	kind("house", "building", [184, 168], outdoors.drawHouse, { materials: ["brick", "wood", "stone"], grow: 1.3 }),
	kind("barn", "building", [190, 154], outdoors.drawBarn, { colors: ["red", "brown", "gray", "green", "white"], grow: 1.25 }),
	kind("lighthouse", "building", [52, 172], outdoors.drawLighthouse, {
		colors: ["red", "blue", "black", "green"],
		askColor: false,
		use: ["guiding ships", "giving light"],
	}),
	kind("windmill", "building", [112, 162], outdoors.drawWindmill, {
		materials: ["brick", "stone", "wood"],
		use: ["grinding grain", "making power"],
		grow: 1.25,
	}),
	kind("tent", "building", [160, 94], outdoors.drawTent, {
		colors: ["green", "orange", "blue", "red", "yellow", "purple"],
		patterns: ["plain", "striped"],
		use: ["camping", "sleeping", "shelter"],
	}),
	kind("lamppost", "outdoor", [36, 176], outdoors.drawLamppost, { colors: ["black"], askColor: false, use: ["giving light"] }),
	kind("traffic light", "outdoor", [32, 172], outdoors.drawTrafficLight, { use: ["directing traffic", "stopping cars"] }),
	kind("fire hydrant", "outdoor", [50, 76], outdoors.drawHydrant, {
		colors: ["red", "yellow", "blue", "orange", "green"],
		use: ["fighting fires", "supplying water"],
	}),
	kind("mailbox", "outdoor", [64, 104], outdoors.drawMailbox, {
		plural: "mailboxes",
		colors: ["blue", "red", "gray", "green", "black", "white"],
		use: ["holding mail", "sending letters"],
	}),
	kind("trash can", "outdoor", [58, 74], outdoors.drawTrashCan, { colors: ["gray", "green", "blue", "black", "brown"], use: ["holding trash"] }),
	kind("snowman", "outdoor", [90, 130], outdoors.drawSnowman, { plural: "snowmen", colors: ["red", "blue", "green", "purple"], askColor: false }),
	kind("parasol", "outdoor", [134, 150], outdoors.drawParasol, {
		colors: bright,
		patterns: ["plain", "striped", "dotted", "checkered"],
		use: ["giving shade"],
		grow: 1.1,
	}),
	kind("sandcastle", "outdoor", [90, 94], outdoors.drawSandcastle),
	kind("ball", "outdoor", [40, 40], outdoors.drawBall, { colors: bright, askColor: false, use: ["playing", "throwing", "kicking"] }),
	kind("bucket", "outdoor", [46, 56], outdoors.drawBucket, {
		colors: ["red", "blue", "yellow", "green", "gray", "pink"],
		use: ["carrying water", "carrying sand", "playing"],
	}),
	kind("hay bale", "outdoor", [90, 48], outdoors.drawHayBale),
	kind("fence", "outdoor", [200, 66], outdoors.drawFence, { materials: ["wood", "metal", "stone"], askColor: false }),
	kind("kite", "outdoor", [64, 146], outdoors.drawKite, { colors: bright, patterns: ["plain", "striped", "dotted", "checkered", "zigzag"] }),
	kind("man", "person", [56, 152], () => "", { plural: "men" }),
	kind("woman", "person", [56, 152], () => "", { plural: "women" }),
];

const byName = new Map(list.map((one) => [one.name, one]));

export const allKinds: readonly Kind[] = list;

/** @throws RangeError for a name that is not in the list */
export function kindOf(name: string): Kind {
	const found = byName.get(name);
	if (found === undefined) throw new RangeError(`there is no kind ${name}`);
	return found;
}
