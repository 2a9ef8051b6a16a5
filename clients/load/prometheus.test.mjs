import assert from "node:assert/strict";
import { test } from "node:test";
import { difference, parse, quantile, sumBy } from "./prometheus.mjs";

const BEFORE = parse(`# HELP calls_total how many
# TYPE calls_total counter
calls_total{operation="Get",table="a"} 3.0
calls_total{operation="Get",table="b"} 1
up 1
`);
const AFTER = parse(`calls_total{operation="Get",table="a"} 5
calls_total{operation="Get",table="b"} 1
calls_total{operation="Put",table="a",note="a \\"b\\", c"} 4e1
up 1`);

test("reads names, labels and values", () => {
  assert.deepEqual(BEFORE[0], { name: "calls_total", labels: { operation: "Get", table: "a" }, value: 3 });
  assert.equal(BEFORE.length, 3);
  assert.deepEqual(AFTER[2].labels, { operation: "Put", table: "a", note: 'a \\"b\\", c' });
});

test("takes what was there before away, also of what was not", () => {
  assert.deepEqual(sumBy(difference(BEFORE, AFTER), "calls_total", "operation"), { Get: 2, Put: 40 });
});

test("adds up what several services say", () => {
  assert.deepEqual(sumBy(difference([...BEFORE, ...BEFORE], [...AFTER, ...AFTER]), "calls_total", "operation"), {
    Get: 4,
    Put: 80,
  });
});

test("finds the bucket of a quantile", () => {
  const samples = parse(`t_bucket{le="0.5"} 98\nt_bucket{le="0.1"} 50\nt_bucket{le="+Inf"} 100`);
  assert.equal(quantile(samples, "t", 0.5), 0.1);
  assert.equal(quantile(samples, "t", 0.98), 0.5);
  assert.equal(quantile(samples, "t", 0.99), Infinity);
  assert.ok(Number.isNaN(quantile(samples, "none", 0.5)));
});
