/**
 * Whether the teacher's whole stack stays small as a run grows: 2,000 and 100,000 questions about the same 200 pictures, each reply
 * committed, at a server that answers at once and one that takes 5 ms. Prints a Markdown table; takes some minutes:
 *
 *     npm run bench:long [requests, 100000]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { writePictures } from "./compare-pictures.js";
import { withFastTeacher } from "./run-client.js";

const many = Number(process.argv[2] ?? 100_000);
const few = 2_000;
const pictureCount = 200;
const concurrency = 64;
const scratch = mkdtempSync(join(tmpdir(), "candor-long-"));
try {
	const pictures = await writePictures(scratch, pictureCount);
	console.log(`Load average ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores; ${concurrency} at once.\n`);
	console.log("| requests | latency ms | requests/s | processor ms a request | peak anonymous MiB | pictures read |\n|---|---|---|---|---|---|");
	for (const latencyMs of [0, 5]) {
		await withFastTeacher(latencyMs, scratch, async (run) => {
			for (const requests of [few, many]) {
				const { server, cpuMs, peakMebibytes, pictureReads } = await run({ client: "candor", requests, concurrency, pictures, folder: scratch });
				const rate = (requests / (server.windowMs / 1000)).toFixed(0);
				console.log(
					`| ${requests} | ${latencyMs} | ${rate} | ${(cpuMs / requests).toFixed(2)} | ${peakMebibytes?.toFixed(0) ?? "not told"} | ${pictureReads} |`,
				);
			}
		});
	}
} finally {
	rmSync(scratch, { recursive: true, force: true });
}
