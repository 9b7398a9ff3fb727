import type { Argv } from "yargs";
import type { ExitCode } from "../../records/errors.js";
import { switchFlag, textFlag, wholeNumberFlag } from "../flags.js";
import type { Handlers } from "../handlers.js";

const drawing = "What is drawn:";

export const scenesFlags = {
	pictures: wholeNumberFlag("pictures", 1, { group: drawing, describe: "How many pictures", defaultDescription: "1000" }),
	seed: wholeNumberFlag("seed", 0, { group: drawing, describe: "Pictures and questions follow from it", defaultDescription: "0" }),
	skew: textFlag("skew", { group: drawing, describe: "How uneven answers are: the exponent of Zipf's law", defaultDescription: "1" }),
	resolution: wholeNumberFlag("resolution", 64, { group: drawing, describe: "The longer side in pixels", defaultDescription: "640" }),
	degradation: textFlag("degradation", { group: drawing, describe: "none, blur, noise, jpeg, dark or low-contrast", defaultDescription: "none" }),
	json: switchFlag({ group: "What is shown:", describe: "Print the counts as JSON" }),
};

export function addScenesCommand(yargs: Argv, handle: Handlers["scenes"], finish: (code: ExitCode) => void): Argv {
	return yargs.command(
		"scenes <folder>",
		"Render pictures with questions, answers and descriptions into a folder",
		(command) =>
			command
				.positional("folder", { type: "string", demandOption: true, describe: "Where images, questions.jsonl and descriptions.jsonl go" })
				.options(scenesFlags)
				.example("$0 scenes my-scenes --pictures 200", "200 pictures with some 2,000 questions")
				.example("$0 scenes small --resolution 160 --degradation blur", "the same scenes, harder to see"),
		async (given) => {
			const { pictures, seed, skew, resolution, degradation } = given;
			finish(await handle({ folder: given.folder, settings: { pictures, seed, skew, resolution, degradation }, json: given.json === true }));
		},
	);
}
