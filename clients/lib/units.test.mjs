import assert from "node:assert/strict";
import { test } from "node:test";
import { clockOf, readDurationMs, readFactor, readPosition, readShare } from "./units.mjs";

for (const [read, understood, refused] of [
  [readDurationMs, { "500ms": 500, "30s": 30_000, "1.5m": 90_000, "2h": 7_200_000, 0: 0 }, ["30", "-1s", "s", "1d", "", "1e3s"]],
  [readShare, { "5%": 0.05, "0%": 0, "100%": 1, 0.25: 0.25, "2.5%": 0.025 }, ["101%", "2", "-5%", "%", "", "five"]],
  [readFactor, { "10x": 10, 3: 3, "0.5x": 0.5 }, ["0", "0x", "-1x", "x", "", "fast"]],
]) {
  test(`${read.name} takes what people write, and nothing else`, () => {
    for (const [text, value] of Object.entries(understood)) {
      assert.equal(read(text), value, text);
    }
    for (const text of refused) {
      assert.equal(read(text), undefined, text);
    }
  });
}

test("readPosition takes degrees north and east", () => {
  assert.deepEqual(readPosition("-33.87,151.2"), { latitude: -33.87, longitude: 151.2 });
  assert.deepEqual(readPosition("30, -97"), { latitude: 30, longitude: -97 });
  for (const text of ["91,0", "0,181", "30", "a,b", "30;40", ""]) {
    assert.equal(readPosition(text), undefined, text);
  }
});

test("clockOf shows minutes, and hours where there are some", () => {
  assert.deepEqual([0, 42_900, 725_000, 3_600_000].map(clockOf), ["0:00", "0:42", "12:05", "1:00:00"]);
});
