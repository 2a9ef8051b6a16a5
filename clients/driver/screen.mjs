import { clockOf } from "../lib/units.mjs";
import { table } from "../lib/table.mjs";

const REDRAW_MS = 250;
const LINE_MS = 5_000;
/** Lines that are not vehicles: title, counts, rates, blank lines, the header of the table, problems. */
const OTHER_LINES = 14;
const MOST_PROBLEMS = 4;

/**
 * What is shown while vehicles drive.
 *
 * @typedef {object} View
 * @property {string} title
 * @property {number} elapsedMs
 * @property {import("./tally.mjs").Tally} tally
 * @property {readonly import("./vehicle.mjs").Vehicle[]} vehicles
 */

/**
 * The table of a terminal.
 *
 * @param {View} view
 * @param {{columns: number, rows: number}} size of the terminal
 * @returns {string[]} lines that fit
 */
export function screenOf({ title, elapsedMs, tally, vehicles }, { columns, rows }) {
  const shown = vehicles.slice(0, Math.max(1, rows - OTHER_LINES));
  const hidden = vehicles.slice(shown.length);
  const header = ["vehicle", "state", "session", "last fix", "sent", "waiting", "m/s", "arrives in"];
  const lines = [
    `${title}   ${clockOf(elapsedMs)}`,
    "",
    outcomesOf(tally),
    ratesOf(tally, vehicles),
    "",
    ...table(header, shown.map(rowOf)).split("\n"),
    ...(hidden.length > 0 ? [`… and ${hidden.length} more: ${statesOf(hidden)}`] : []),
    ...problemsOf(tally, vehicles),
  ];
  return lines.slice(0, rows - 1).map((line) => cut(line, columns));
}

/**
 * One line, for logs and pipes.
 *
 * @param {View} view
 * @returns {string}
 */
export function lineOf({ elapsedMs, tally, vehicles }) {
  return `${clockOf(elapsedMs)}  ${outcomesOf(tally)}  ${ratesOf(tally, vehicles)}  ${statesOf(vehicles)}`;
}

/**
 * Shows a view until it is stopped: a table that is redrawn on a terminal, elsewhere a line now and then.
 *
 * @param {NodeJS.WriteStream} stream
 * @param {() => View} viewNow
 * @returns {() => void} stops, and shows the last state
 */
export function show(stream, viewNow) {
  if (!stream.isTTY) {
    const timer = setInterval(() => stream.write(`${lineOf(viewNow())}\n`), LINE_MS);
    return () => clearInterval(timer);
  }
  let height = 0;
  const draw = () => {
    const lines = screenOf(viewNow(), { columns: stream.columns ?? 80, rows: stream.rows ?? 24 });
    // to the first line of the last picture, which is cleared from there
    stream.write(`${height > 0 ? `\x1b[${height}F` : ""}\x1b[0J${lines.join("\n")}\n`);
    height = lines.length;
  };
  draw();
  const timer = setInterval(draw, REDRAW_MS);
  return () => {
    clearInterval(timer);
    draw();
  };
}

/** @param {import("./tally.mjs").Tally} tally */
export function outcomesOf({ outcomes, counts }) {
  const rest = Object.entries({ dropped: counts.dropped, unsendable: counts.unsendable, lost: counts.lost, "not sent": counts.notSent });
  return [
    ...Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${count}`),
    ...rest.filter(([, count]) => count > 0).map(([name, count]) => `${name} ${count}`),
  ].join("  ");
}

function ratesOf(tally, vehicles) {
  const { p50, p95 } = tally.answerMs();
  const waiting = vehicles.reduce((sum, vehicle) => sum + vehicle.waiting, 0);
  return [
    `${tally.recentRate().toFixed(1)} fixes/s`,
    `waiting ${waiting}`,
    `answers p50 ${whole(p50)} ms, p95 ${whole(p95)} ms`,
    `calls ${tally.counts.calls}, retries ${tally.counts.retries}, failed ${tally.counts.failedCalls}`,
  ].join("  ");
}

function rowOf({ name, state, status, lastOutcome, acknowledged, waiting, lastLocation, etaSeconds }) {
  const speed = lastLocation?.speedMetersPerSecond;
  return [
    cut(name, 32),
    state,
    status ?? "",
    lastOutcome ?? "",
    acknowledged,
    waiting,
    speed === undefined ? "" : speed.toFixed(1),
    etaSeconds === undefined ? "" : clockOf(etaSeconds * 1_000),
  ];
}

function statesOf(vehicles) {
  const counts = new Map();
  for (const { state } of vehicles) {
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [...counts].map(([state, count]) => `${count} ${state}`).join(", ");
}

/**
 * Why fixes were rejected and calls failed, the most frequent first.
 *
 * @param {import("./tally.mjs").Tally} tally
 * @param {readonly {name: string, failure?: string}[]} vehicles
 * @returns {string[]} a few lines
 */
export function problemsOf({ rejected, errors }, vehicles) {
  const byCount = (counts) => [...counts].toSorted(([, a], [, b]) => b - a);
  const failed = vehicles.filter(({ failure }) => failure);
  return [
    ...byCount(rejected).map(([reason, count]) => `REJECTED ${count}: ${reason}`),
    ...byCount(errors).map(([code, count]) => `failed attempts ${count}: ${code}`),
    ...failed.slice(0, 1).map(({ name, failure }) => `${name}: ${failure}`),
    ...(failed.length > 1 ? [`… and ${failed.length - 1} more vehicles failed`] : []),
  ].slice(0, MOST_PROBLEMS);
}

function whole(ms) {
  return Number.isFinite(ms) ? Math.round(ms) : "–";
}

/** Without what would move the cursor: names come from files, messages from servers. */
function cut(text, width) {
  const plain = text.replace(/[\x00-\x1f\x7f-\x9f]+/g, " ");
  return plain.length > width ? `${plain.slice(0, width - 1)}…` : plain;
}
