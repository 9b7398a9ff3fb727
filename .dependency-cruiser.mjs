/**
 * Imports point one way. Each room may import itself and the rooms named here, and nothing else of ours.
 *
 *   records ◂ language ◂ images ◂ teacher ◂ pipeline ◂ {sources, candidates, rules, stages, shards}
 *           ◂ {pipelines/, config, audit, look} ◂ run ◂ cli
 */
const base = ["records", "language"];
const engine = [...base, "images", "teacher", "pipeline"];
const middle = [...engine, "sources", "candidates", "rules", "stages", "shards"];
const above = [...middle, "pipelines", "config", "audit", "look"];

const rooms = {
	records: [],
	language: [],
	images: base,
	teacher: [...base, "images"],
	pipeline: [...base, "images", "teacher"],
	shards: engine,
	candidates: engine,
	rules: engine,
	// Questions and first answers are read from JSON Lines, as shards are.
	sources: [...engine, "shards"],
	// An answer is worded in a reply as it was in the challenge that names it.
	stages: [...engine, "candidates"],
	// What is made, what is configured, what is measured and what is shown know nothing of one another.
	pipelines: middle,
	config: middle,
	audit: middle,
	look: middle,
	run: above,
	cli: [...above, "run"],
};

const folderOf = (room) => (room === "pipelines" ? "pipelines" : `src/${room}`);
const pattern = (names) => `^(?:${names.map(folderOf).join("|")})/`;
const ours = "^(?:src|pipelines)/";

export default {
	forbidden: [
		...Object.entries(rooms).map(([room, others]) => ({
			name: `${room}-imports-upwards`,
			comment: `${folderOf(room)} may import ${others.length === 0 ? "nothing else of ours" : others.map(folderOf).join(", ")}.`,
			severity: "error",
			from: { path: pattern([room]) },
			to: { path: ours, pathNot: pattern([room, ...others]) },
		})),
		{
			name: "room-without-rule",
			comment: "A new folder under src/ needs its place in the order: add it to .dependency-cruiser.mjs.",
			severity: "error",
			from: { path: ours, pathNot: [pattern(Object.keys(rooms)), "^src/index\\.ts$"] },
			to: {},
		},
		{
			name: "only-the-package-imports-index",
			comment: "src/index.ts is for users of the package.",
			severity: "error",
			from: { path: ours },
			to: { path: "^src/index\\.ts$" },
		},
		{
			name: "records-import-zod-only",
			severity: "error",
			from: { path: pattern(["records"]) },
			to: { pathNot: [pattern(["records"]), "^node_modules/zod/"] },
		},
		{
			name: "no-cycles",
			comment: "Of what is loaded: a command may name the type of its arguments where the commands are listed, since types are gone by then.",
			severity: "error",
			from: {},
			to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
		},
		{ name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
		{
			name: "declared",
			comment: "The program may use what package.json lists under dependencies, not what is there for development.",
			severity: "error",
			from: { path: ours },
			to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
		},
	],
	options: {
		doNotFollow: { path: "node_modules" },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: "tsconfig.json" },
		enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
	},
};
