import assert from "node:assert/strict";
import { test } from "node:test";
import { readOptions, usage, UsageError } from "./options.mjs";

const options = {
  rate: { kind: "number", default: 50, atLeast: 0.1, help: "a second" },
  vendors: { kind: "integer", default: 200, atLeast: 1, help: "how many" },
  order: { kind: "text", default: "file", oneOf: ["file", "recorded"], help: "which" },
  json: { kind: "flag", help: "for machines" },
};

test("gives defaults, and numbers as numbers", () => {
  assert.deepEqual(readOptions([], options), { rate: 50, vendors: 200, order: "file", json: undefined });
  assert.deepEqual(readOptions(["--rate", "2.5", "--vendors=3", "--order", "recorded", "--json"], options), {
    rate: 2.5,
    vendors: 3,
    order: "recorded",
    json: true,
  });
});

for (const argv of [
  ["--rate", "0"],
  ["--rate="],
  ["--vendors", "1.5"],
  ["--vendors", "many"],
  ["--order", "random"],
  ["--what"],
  ["rest"],
]) {
  test(`refuses ${argv.join(" ")}`, () => {
    assert.throws(() => readOptions(argv, options), UsageError);
  });
}

test("names every option in the usage", () => {
  const text = usage("a command", options);
  for (const name of Object.keys(options)) {
    assert.match(text, new RegExp(`--${name}`));
  }
});
