import type { fields } from "../draw/fields.js";
import { outdoor, type Setting } from "./settings.js";

/** Where sports are played. */

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
		peopleZone: { y: [410, 452], x: [80, 380] },
		activities: ["archery"],
		alsoRight: ["park", "farm", "archery range", "savanna", "golf course", "meadow"],
		expected: ["dog", "horse", "bench", "bicycle", "cow"],
	}),
];
