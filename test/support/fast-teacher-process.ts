/** The fast teacher in a process of its own: `tsx fast-teacher-process.ts <latency in ms, or how it is drawn, as JSON>`. Prints {"port":…} and runs until it is killed. */
import { startFastTeacher } from "./fast-teacher.js";

const { port } = await startFastTeacher(JSON.parse(process.argv[2] ?? "0"));
process.stdout.write(`${JSON.stringify({ port })}\n`);
