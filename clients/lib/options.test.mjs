import assert from "node:assert/strict";
import { test } from "node:test";
import { readCommandLine, readOptions, usage, UsageError } from "./options.mjs";

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

const written = {
  offline: { kind: "duration", default: 30_000, shownDefault: "30s", help: "how long" },
  drop: { kind: "share", help: "how many" },
  speed: { kind: "factor", help: "how fast" },
  from: { kind: "position", help: "where" },
};

test("reads values with their units, and the names of files", () => {
  const { values, files } = readCommandLine(["a.csv", "--drop=5%", "--speed", "10x", "--from=-33.9,151.2", "b.gpx"], written);
  assert.deepEqual(values, {
    offline: 30_000,
    drop: 0.05,
    speed: 10,
    from: { latitude: -33.9, longitude: 151.2 },
  });
  assert.deepEqual(files, ["a.csv", "b.gpx"]);
  assert.match(usage("a command", written), /--offline 30s .*\(default 30s\)/);
});

test("a value that does not fit names its option and what it should be", () => {
  assert.throws(() => readCommandLine(["--offline=soon"], written), /^Error: --offline is a time such as .*, not soon$/);
  assert.throws(() => readCommandLine(["--from=91,0"], written), /^Error: --from is a position such as .*, not 91,0$/);
  assert.throws(() => readCommandLine(["--what"], written), /--what/);
});
