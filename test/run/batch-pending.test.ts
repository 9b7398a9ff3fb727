import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { openPendingRequests } from "../../src/run/batch-pending.js";
import { requestKey } from "../../src/teacher/index.js";
import { makeImageRef, makeRequest } from "../support/make-request.js";
import { withFolder } from "../support/open-stack.js";

it("keeps each request once, in the order they came, with all that its body and its ledger entry need, and leaves no file", () =>
	withFolder(async (folder) => {
		const pending = openPendingRequests(folder);
		const schema = { name: "answer", json: { type: "object" } };
		const requests = [
			makeRequest("one", { image: makeImageRef("b"), schema }),
			makeRequest("two", { attempt: 2, salt: "s", sampling: { temperature: 0, topP: 0.5, maxOutputTokens: 9, seed: 4 } }),
		];
		for (const request of [...requests, ...requests]) pending.add(requestKey(request), request);
		expect(pending.count).toBe(2);
		const read = [...pending.all()];
		for (const [index, request] of requests.entries()) {
			const { about, priority: _, ...rest } = request;
			const { pipeline, stage, candidate } = about;
			expect(read[index]).toEqual({ key: requestKey(request), request: { ...rest, about: { pipeline, stage, candidate: { group: candidate.group } } } });
			expect(pending.find(requestKey(request))).toEqual(read[index]);
		}
		expect(pending.find("f".repeat(64))).toBeUndefined();
		expect(readdirSync(folder)).toEqual([]);
		pending.close();
	}));
