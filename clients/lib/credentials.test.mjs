import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { credentialsFrom } from "./credentials.mjs";

const headersOf = (values, env = {}) => credentialsFrom(values, env).headers();

test("sends a token or a key, from the command line before the environment", () => {
  assert.deepEqual(headersOf({}), {});
  assert.deepEqual(headersOf({ token: "abc" }), { Authorization: "Bearer abc" });
  assert.deepEqual(headersOf({ "api-key": "k" }, { TOWLINE_TOKEN: "abc" }), { "x-api-key": "k" });
  assert.deepEqual(headersOf({}, { TOWLINE_TOKEN: "abc" }), { Authorization: "Bearer abc" });
  assert.deepEqual(headersOf({}, { TOWLINE_API_KEY: "k" }), { "x-api-key": "k" });
});

test("reads a token's file again", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "token-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "token");
  writeFileSync(file, "first\n");
  const { headers, renew } = credentialsFrom({ "token-file": file }, {});
  assert.deepEqual(headers(), { Authorization: "Bearer first" });
  assert.equal(renew(), false);
  writeFileSync(file, "second\n");
  assert.equal(renew(), true);
  assert.deepEqual(headers(), { Authorization: "Bearer second" });
  assert.equal(credentialsFrom({ token: "abc" }, {}).renew, undefined);
});

for (const [why, values, env, names] of [
  ["two options", { token: "secret", "api-key": "secret" }, {}, /^Error: --token and --api-key exclude/],
  ["two variables", {}, { TOWLINE_TOKEN: "secret", TOWLINE_API_KEY: "secret" }, /^Error: TOWLINE_TOKEN and TOWLINE_API_KEY exclude/],
  ["a text that no header can carry", { token: "secret secret" }, {}, /^Error: --token is empty or has characters/],
  ["an empty variable", {}, { TOWLINE_API_KEY: " " }, /^Error: TOWLINE_API_KEY is empty/],
  ["an absent file", { "token-file": "/nonexistent/secret" }, {}, /^Error: --token-file: \/nonexistent\/secret cannot be read \(ENOENT\)/],
]) {
  test(`refuses ${why}, and does not say the secret`, () => {
    assert.throws(
      () => credentialsFrom(values, env),
      (error) => names.test(String(error)) && (why === "an absent file" || !error.message.includes("secret")),
    );
  });
}
