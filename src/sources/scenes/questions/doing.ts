import { type Ask, type Facts, isUnique } from "./facts.js";

/** Where the picture is set, what people do there, and which sport it is. */

export function askScene({ scene }: Facts): Ask[] {
	const { setting } = scene;
	// A sport tells its ground: a beach with a volleyball net is known by other things than a beach with parasols.
	const template = `scene-${(setting.type === "sport" ? setting.backdrop : setting.name).replaceAll(" ", "-")}`;
	return [{ task: "scene-recognition", template, slots: { place: setting.name }, answer: setting.name, alsoRight: setting.alsoRight }];
}

export function askActivities(facts: Facts): Ask[] {
	return facts.people.flatMap((thing) => {
		const { person } = thing;
		if (person === undefined || !isUnique(thing, facts)) return [];
		const { name, alsoRight } = person.activity;
		const template = `activity-${(person.activity.sport?.[0] ?? name).replaceAll(" ", "-")}`;
		return [{ task: "activity-recognition", template, slots: { who: thing.kind.name, doing: name }, answer: name, alsoRight, about: thing }];
	});
}

export function askSport({ people, scene }: Facts): Ask[] {
	const [first] = people.filter((thing) => thing.clear);
	const sport = first?.person?.activity.sport;
	const [answer, ...alsoRight] = sport ?? [];
	if (first === undefined || answer === undefined) return [];
	const who = people.length === 1 ? first.kind.name : "person";
	return [{ task: "sport-recognition", template: `sport-${answer}`, slots: { who, sport: answer, place: scene.setting.name }, answer, alsoRight }];
}
