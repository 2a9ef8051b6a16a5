import assert from "node:assert/strict";
import test from "node:test";
import { exitCodeOf, highestRateText, missedBy, nextRate, nthRun, runRates } from "./rates.mjs";

/** Reports of rates; those that miss a threshold are negative. */
function reports(...rates) {
  return rates.map((rate) => ({ ratePerSecond: Math.abs(rate), verdicts: [{ what: "getVendor p95", value: 1, met: rate > 0 }] }));
}

test("each run of a series has a seed of its own, and only the first one warms the service up", () => {
  const settings = { seed: 5, warmup: 20 };
  assert.deepEqual(nthRun(settings, 0), settings);
  assert.deepEqual(nthRun(settings, 1), { seed: 6, warmup: 5 });
  assert.deepEqual(nthRun({ seed: 5, warmup: 2 }, 3), { seed: 8, warmup: 2 });
});

test("a rate that does not hold is halved", () => {
  assert.equal(nextRate(reports(-500)), 250);
  assert.equal(nextRate(reports(-500, -250)), 125);
});

test("the next rate lies between the highest that holds and the lowest above it that does not", () => {
  assert.equal(nextRate(reports(100, 200, -500)), 350);
  assert.equal(nextRate(reports(-100, 200, -500)), 350);
});

test("the search ends where rates are near, and where the highest rate holds", () => {
  assert.equal(nextRate(reports(-250, 235)), undefined);
  assert.equal(nextRate(reports(100, 500)), undefined);
});

test("the search ends when nothing holds", () => {
  assert.equal(nextRate(reports(-64, -32, -16, -8, -4, -2, -1)), undefined);
});

/** A service that holds up to a rate. */
async function tried(settings, highest) {
  const runs = [];
  const run = async (ratePerSecond, index) => {
    runs.push([ratePerSecond, index]);
    const verdicts = [{ what: "getVendor p95", value: 1, met: ratePerSecond <= highest }];
    return { ratePerSecond, verdicts, cpuSeconds: { service: 3 }, elapsedSeconds: 10 };
  };
  return { runs, report: await runRates(settings, run, () => {}) };
}

test("without a search every listed rate has to hold", async () => {
  const { runs, report } = await tried({ rates: [100, 500, 200], isSearch: false }, 300);
  assert.deepEqual(runs, [[100, 0], [500, 1], [200, 2]]);
  assert.equal(exitCodeOf(report), 1);
  assert.equal(report.ratePerSecond, 200);
  assert.equal(highestRateText(report), "The highest rate that meets the thresholds is 200 requests/s.");
  assert.deepEqual(report.rates[2], { ratePerSecond: 500, missed: ["getVendor p95"], cpuShares: { service: 0.3 } });

  const all = await tried({ rates: [100, 200], isSearch: false }, 300);
  assert.equal(exitCodeOf(all.report), 0);
  assert.match(highestRateText(all.report), /is at least 200 requests/);
});

test("a search goes on between the listed rates, and one that holds is enough", async () => {
  const { runs, report } = await tried({ rates: [100, 500], isSearch: true }, 300);
  assert.deepEqual(runs.map(([rate]) => rate).slice(0, 4), [100, 500, 300, 400]);
  assert.equal(exitCodeOf(report), 0);
  assert.ok(report.highestRate >= 300 * 0.9 && report.highestRate <= 300, `${report.highestRate}`);
});

test("a search fails where nothing holds", async () => {
  const { report } = await tried({ rates: [100], isSearch: true }, 0.5);
  assert.equal(exitCodeOf(report), 1);
  assert.match(highestRateText(report), /^None of the rates/);
});

test("one rate has to meet its thresholds, and nothing may have become worse", () => {
  const [holding, failing] = reports(100, -100);
  assert.deepEqual([exitCodeOf(holding), exitCodeOf(failing)], [0, 1]);
  assert.equal(exitCodeOf({ ...holding, comparison: [{ worse: true }] }), 1);
  assert.equal(highestRateText(holding), "");
});

test("what has no data says so", () => {
  assert.deepEqual(missedBy({ verdicts: [{ what: "getVendor p95", value: undefined, met: false }] }), ["getVendor p95 (no data)"]);
});
