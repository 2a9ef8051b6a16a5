const LEAST_CARRIED = 0.98;

/** The figures of reads.mjs for people, as tables for a page in Markdown. @param {object} figures @returns {string} */
export function textOf({ cores, at, kinds, ratios }) {
  const rows = Object.entries(kinds).map(([name, figures]) =>
    [
      name,
      figures.cpuMicros.toFixed(1),
      percent(figures.noise),
      `${figures.answersPerSecond.toFixed(0)} of ${figures.ratePerSecond}`,
      isCarried(figures) ? `${figures.p50Ms.toFixed(1)} / ${figures.p99Ms.toFixed(1)}` : "not carried",
      figures.allocatedBytes === undefined ? "" : figures.allocatedBytes.toFixed(0),
      figures.answerBytes,
      Object.values(figures.errors).reduce((sum, count) => sum + count, 0),
      `${figures.loadAverage.toFixed(1)}, ${percent(figures.othersShare)}`,
    ].join(" | "),
  );
  const [first, ...others] = Object.keys(kinds);
  return [
    `${at}, ${cores} cores`,
    "",
    "| answers | CPU, µs each | rounds differ by | a second | p50 / p99, ms | bytes allocated | bytes long | errors | load, share of others |",
    "|---|---|---|---|---|---|---|---|---|",
    ...rows.map((row) => `| ${row} |`),
    "",
    ...others
      .filter((name) => ratios[name] !== undefined)
      .map((name) => `${first} costs ${ratios[name].toFixed(2)} times ${name}`),
    ...Object.entries(kinds)
      .filter(([, { tiers }]) => tiers !== undefined && Object.keys(tiers).length > 0)
      .map(([name, { tiers }]) => `lookups of ${name}: ${Object.entries(tiers).map(([tier, share]) => `${tier} ${(100 * share).toFixed(2)} %`).join(", ")}`),
  ].join("\n");
}

function percent(share) {
  return Number.isNaN(share) ? "" : `${(100 * share).toFixed(0)} %`;
}

/** A latency means nothing where the machine had no time for so many requests: it grows with the length of the run. */
function isCarried({ unsent, answersPerSecond, ratePerSecond }) {
  return unsent === 0 && answersPerSecond >= LEAST_CARRIED * ratePerSecond;
}
