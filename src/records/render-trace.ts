import type { Trace } from "./row.js";

/** The trace as the last turn of an `srt` row. The tags are our own: trainers and templates treat `<think>` as special. */
export function renderTrace(trace: Pick<Trace, "textualization" | "reflection" | "conclusion">): string {
	return [
		`<textualization>${trace.textualization}</textualization>`,
		`<reflection>${trace.reflection}</reflection>`,
		`<conclusion>${trace.conclusion}</conclusion>`,
	].join("\n");
}
