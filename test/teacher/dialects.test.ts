import { expect, test } from "vitest";
import { dialectMembers, dialects } from "../../src/teacher/index.js";

const schema = { name: "answer", json: { type: "object", properties: { answer: { type: "string" } } } };

test("each dialect says the schema as its servers take it", () => {
	expect(Object.fromEntries(dialects.map((dialect) => [dialect, dialectMembers(dialect, schema)]))).toEqual({
		"json-schema": { response_format: { type: "json_schema", json_schema: { name: "answer", schema: schema.json, strict: true } } },
		"structured-outputs": { structured_outputs: { json: schema.json } },
		"guided-json": { guided_json: schema.json },
		"json-object-schema": { response_format: { type: "json_object", schema: schema.json } },
		"json-object": { response_format: { type: "json_object" } },
		none: {},
	});
});
