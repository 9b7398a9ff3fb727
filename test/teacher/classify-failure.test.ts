import { expect, test } from "vitest";
import { classifyFailure, type Fault, TransportError } from "../../src/teacher/index.js";

function classify(status: number, message = `${status} something`): Fault {
	return classifyFailure(new TransportError("status", message, { status }), { model: "vlm-7b", apiKeyEnv: "TEACHER_KEY" });
}

test.each([408, 409, 425, 429, 499, 500, 502, 503, 504, 529])("%i is tried again", (status) => {
	expect(classify(status).type).toBe("transient");
});

test.each(["connection", "timeout", "protocol"] as const)("a %s error is tried again", (kind) => {
	expect(classifyFailure(new TransportError(kind, "x"), { model: "m", apiKeyEnv: "K" }).type).toBe("transient");
});

test.each([
	[400, "400 This model's maximum context length is 4096 tokens"],
	[400, "400 content policy"],
	[404, "404 picture of the request was not kept"],
	[413, "413 too large"],
	[415, "415 no such picture format"],
	[422, "422 too many pictures"],
])("%i (%s) is the request's own fault", (status, message) => {
	expect(classify(status, message).type).toBe("request");
});

test.each([
	[401, "401 bad key", /TEACHER_KEY/],
	[403, "403 forbidden", /TEACHER_KEY/],
	[402, "402 no credit", /account/],
	[404, "404 The model `vlm-7b` does not exist.", /teacher\.model \(vlm-7b\)/],
	[404, "404 Not Found", /teacher\.baseUrl/],
	[404, "404 an empty body", /teacher\.baseUrl/],
	[404, "404 an HTML page (nginx)", /teacher\.baseUrl/],
	[405, "405 Method Not Allowed", /teacher\.baseUrl/],
	[400, "400 response_format is not supported", /structuredOutput/],
	[400, "400 Unsupported value: 'temperature' does not support 0.7", /temperature/],
	[400, "400 model 'x' not found", /teacher\.model/],
	[422, "422 Unexpected fields in the request: {'structured_outputs'}", /structuredOutput/],
	[400, "400 Extra inputs are not permitted: guided_json", /structuredOutput/],
	[400, "400 Unrecognized request argument supplied: guided_json", /structuredOutput/],
])("%i (%s) stops the run and says what to do", (status, message, remedy) => {
	expect(classify(status, message)).toMatchObject({ type: "settings", error: { exitCode: 4, remedy: expect.stringMatching(remedy) } });
});
