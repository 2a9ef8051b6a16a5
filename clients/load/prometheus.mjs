/**
 * Reads what a service measures.
 *
 * @param {string} url of its GraphQL endpoint
 * @returns {Promise<Sample[]>}
 *
 * @typedef {{name: string, labels: Record<string, string>, value: number}} Sample
 */
export async function scrape(url) {
  const response = await fetch(new URL("/actuator/prometheus", url));
  if (response.status === 401 || response.status === 403) {
    throw new Error(`${response.url}: status ${response.status}; towline.actuator.roles must have the role of unauthenticated requests`);
  }
  if (!response.ok) {
    throw new Error(`${response.url}: status ${response.status}`);
  }
  return parse(await response.text());
}

/** @param {string} text in Prometheus' format @returns {Sample[]} */
export function parse(text) {
  return text.split("\n").flatMap((line) => {
    const parts = /^(\w+)(?:\{(.*)\})? (\S+)/.exec(line);
    return parts === null ? [] : [{ name: parts[1], labels: labelsOf(parts[2] ?? ""), value: Number(parts[3]) }];
  });
}

/**
 * What was counted between two scrapes of the same services.
 *
 * @param {readonly Sample[]} before
 * @param {readonly Sample[]} after
 * @returns {Sample[]}
 */
export function difference(before, after) {
  const nameOf = ({ name, labels }) => `${name} ${JSON.stringify(labels)}`;
  const values = new Map();
  before.forEach((sample) => values.set(nameOf(sample), (values.get(nameOf(sample)) ?? 0) - sample.value));
  const samples = new Map();
  after.forEach((sample) => {
    const name = nameOf(sample);
    values.set(name, (values.get(name) ?? 0) + sample.value);
    samples.set(name, { ...sample, value: values.get(name) });
  });
  return [...samples.values()];
}

/** The sum of all samples of that name, by the value of a label. */
export function sumBy(samples, name, label) {
  const sums = {};
  for (const { labels, value } of samples.filter((sample) => sample.name === name)) {
    sums[labels[label]] = (sums[labels[label]] ?? 0) + value;
  }
  return sums;
}

/** The upper bound of the bucket that a quantile of a histogram lies in; NaN without observations. */
export function quantile(samples, histogram, share) {
  const buckets = Object.entries(sumBy(samples, `${histogram}_bucket`, "le"))
    .map(([bound, count]) => ({ bound: bound === "+Inf" ? Infinity : Number(bound), count }))
    .sort((a, b) => a.bound - b.bound);
  const total = buckets.at(-1)?.count ?? 0;
  return total === 0 ? NaN : buckets.find(({ count }) => count >= share * total).bound;
}

function labelsOf(text) {
  return Object.fromEntries([...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [name, value]));
}
