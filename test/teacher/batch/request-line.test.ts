import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { createImageEncoder, createOpenAIClient, requestKey, writeRequestLine } from "../../../src/teacher/index.js";
import { startFakeTeacher } from "../../support/fake-teacher.js";
import { blackPixel, makeImageRef, makeRequest } from "../../support/make-request.js";
import { withFolder } from "../../support/open-stack.js";

it.each(["json-schema", "none"] as const)("asks in a line what the live client sends, to the letter (%s)", (structuredOutput) =>
	withFolder(async (folder) => {
		const image = makeImageRef("c");
		mkdirSync(dirname(join(folder, image.path)), { recursive: true });
		writeFileSync(join(folder, image.path), Buffer.from(blackPixel, "base64"));
		const request = makeRequest("What is it?", { image, schema: { name: "answer", json: { type: "object", properties: {} } } });
		const server = await startFakeTeacher({ answer: () => "ok", keepsRequests: true });
		const options = { baseUrl: server.baseUrl, structuredOutput, images: createImageEncoder(folder, 1024 * 1024) };
		const client = createOpenAIClient({ ...options, timeoutMs: 5000, concurrency: 1 });
		await client.ask(request, new AbortController().signal);
		await client.close();
		const line = (await writeRequestLine({ key: requestKey(request), request }, options)).toString("utf8");
		const [sent] = server.stats().requests;
		await server.close();
		const { body, ...rest } = JSON.parse(line);
		expect(JSON.stringify(body)).toBe(JSON.stringify(sent?.body));
		expect(rest).toEqual({ custom_id: requestKey(request), method: "POST", url: "/v1/chat/completions" });
		expect(line.endsWith("\n")).toBe(true);
	}),
);
