/** British to American, and other spellings of one word that answers and replies mix. */
const spellings: ReadonlyMap<string, string> = new Map([
	["grey", "gray"],
	["greyish", "grayish"],
	["colour", "color"],
	["colours", "colors"],
	["coloured", "colored"],
	["multicoloured", "multicolored"],
	["colourful", "colorful"],
	["centre", "center"],
	["theatre", "theater"],
	["tyre", "tire"],
	["tyres", "tires"],
	["harbour", "harbor"],
	["harbours", "harbors"],
	["neighbourhood", "neighborhood"],
	["metre", "meter"],
	["metres", "meters"],
	["fibre", "fiber"],
	["aluminium", "aluminum"],
	["doughnut", "donut"],
	["doughnuts", "donuts"],
	["yoghurt", "yogurt"],
	["moustache", "mustache"],
	["pyjamas", "pajamas"],
	["jewellery", "jewelry"],
	["kerb", "curb"],
	["plough", "plow"],
	["storey", "story"],
	["axe", "ax"],
	["aeroplane", "airplane"],
	["aeroplanes", "airplanes"],
	["travelling", "traveling"],
	["pedalling", "pedaling"],
	["t-shirt", "tshirt"],
	["tee-shirt", "tshirt"],
	["t.v", "tv"],
]);

/** The one spelling of a lower-case word that everything is compared in. */
export function spellAlike(word: string): string {
	return spellings.get(word) ?? word;
}
