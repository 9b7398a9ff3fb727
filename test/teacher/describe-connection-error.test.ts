import { expect, test } from "vitest";
import { describeConnectionError } from "../../src/teacher/describe-connection-error.js";

function errorOf(code: string, message = "it failed", cause?: Error): Error {
	return Object.assign(new Error(message, { cause }), { code });
}

test.each([
	["EAI_AGAIN", "the server's name cannot be looked up (DNS): it failed (EAI_AGAIN)"],
	["DEPTH_ZERO_SELF_SIGNED_CERT", "the server's TLS certificate is not accepted: it failed (DEPTH_ZERO_SELF_SIGNED_CERT)"],
	["CERT_HAS_EXPIRED", "the server's TLS certificate is not accepted: it failed (CERT_HAS_EXPIRED)"],
	["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "the server's TLS certificate is not accepted: it failed (UNABLE_TO_VERIFY_LEAF_SIGNATURE)"],
	["ERR_TLS_CERT_ALTNAME_INVALID", "the server's TLS certificate is not accepted: it failed (ERR_TLS_CERT_ALTNAME_INVALID)"],
	["UND_ERR_CONNECT_TIMEOUT", "the server did not take the connection in time: it failed (UND_ERR_CONNECT_TIMEOUT)"],
	["EMFILE", "this machine allows no more open files (ulimit -n): it failed (EMFILE)"],
	["EWHATEVER", "the server cannot be reached: it failed (EWHATEVER)"],
])("%s is said in words", (code, expected) => {
	expect(describeConnectionError(errorOf(code))).toBe(expected);
});

test("the deepest cause counts, and of several addresses the first", () => {
	const refused = errorOf("ECONNREFUSED", "connect ECONNREFUSED ::1:80");
	expect(describeConnectionError(new Error("failed", { cause: new AggregateError([refused, errorOf("EHOSTUNREACH")]) }))).toBe(
		"nothing listens at the server's address: connect ECONNREFUSED ::1:80",
	);
	expect(describeConnectionError("odd")).toBe("the server cannot be reached: odd");
});
