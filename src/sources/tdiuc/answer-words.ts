/** Words by which TDIUC's answers are sorted. Ours; extended whenever the files show another. */

const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** What things are made of. */
export const materialWords = list(`
	wood wooden timber bamboo wicker straw hay cork
	metal metallic steel stainless iron aluminum tin copper brass bronze chrome wire
	brick stone rock cobblestone marble granite slate gravel concrete cement asphalt pavement dirt sand clay mud
	glass plastic rubber vinyl foam styrofoam linoleum wax fiberglass
	tile tiled ceramic porcelain
	paper cardboard
	cloth fabric textile cotton wool linen denim silk satin velvet lace nylon polyester canvas leather suede fur yarn carpet
	ice snow
`);

/** Which form things have. */
export const shapeWords = list(`
	round circle circular square squared rectangle rectangular triangle triangular oval oblong ellipse elliptical
	octagon octagonal hexagon hexagonal pentagon pentagonal diamond heart star crescent
	cube cubic cone conical cylinder cylindrical sphere spherical pyramid dome domed arch arched curved
`);

/**
 * Terms that stand in a group of synonyms and are also another thing in American English, in which TDIUC is written. That they
 * never stand against the group's other terms is right; that one is counted and spelled as the other would not be.
 */
export const ambiguousTerms = new Set(["closet", "coach", "court", "falcon", "football", "pool", "raptor", "softball", "station", "stuffed animal"]);
