import { expect, test } from "vitest";
import { random } from "../../src/pipeline/random.js";
import type { ChatBody } from "../support/fake-teacher.js";
import { writeConfig } from "../support/make-run.js";
import { withFolder } from "../support/open-stack.js";
import { createPrefixCache } from "../support/prefix-cache.js";
import { runCandor } from "../support/run-candor.js";
import { writeShapesSource } from "../support/shapes-source.js";
import { startOracle } from "../support/start-oracle.js";

const concurrency = 16;

/** The share of all blocks that a cache of so many blocks has when they are asked for in this order. */
function hitShare(bodies: readonly ChatBody[], capacity: number): number {
	const cache = createPrefixCache(capacity);
	const admitted = bodies.map((body) => cache.admit(body));
	const sum = (of: "hits" | "blocks") => admitted.reduce((total, one) => total + one[of], 0);
	return sum("hits") / sum("blocks");
}

test(
	"requests come in an order that a server's prefix cache rewards: hardly worse than a cache that forgets nothing",
	() =>
		withFolder(async (folder) => {
			const { oracleFile } = await writeShapesSource(folder, 120);
			const oracle = await startOracle(oracleFile, { garbleShare: 0.1, latencyMs: 10, keepsRequests: true });
			try {
				writeConfig(folder, oracle.baseUrl, { rows: 150 }, { concurrency });
				expect(await runCandor(["run", "candor.json"], { cwd: folder })).toMatchObject({ code: 0 });
				const bodies = (await oracle.stats()).requests.map(({ body }) => body);
				const longest = Math.max(...bodies.map((body) => createPrefixCache(Number.POSITIVE_INFINITY).admit(body).blocks));
				// Room for what is in flight, and no more.
				const capacity = concurrency * longest;
				// What no order can do better: every block is computed once.
				const best = hitShare(bodies, Number.POSITIVE_INFINITY);
				expect(hitShare(bodies, capacity)).toBeGreaterThanOrEqual(0.95 * best);

				const rng = random(1, "requests", "shuffle");
				const shuffled = bodies.map((body) => ({ body, key: rng.next() })).sort((a, b) => a.key - b.key);
				expect(
					hitShare(
						shuffled.map(({ body }) => body),
						capacity,
					),
				).toBeLessThan(0.7 * best);
			} finally {
				await oracle.close();
			}
		}),
	120_000,
);
