/** A server of some kind in a process of its own: `tsx server-kind-process.ts '<json of ServerKind>'`. Prints {"port":…} and runs until it is killed. */
import { startServerKind } from "./server-kinds.js";

const { port } = await startServerKind(JSON.parse(process.argv[2] ?? "{}"));
process.stdout.write(`${JSON.stringify({ port })}\n`);
