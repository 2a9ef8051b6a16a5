/**
 * Reads a date and time of RFC 3339 or XML Schema. One without a zone counts as UTC, as GPX has it, whatever the zone of this machine.
 *
 * @param {string} text
 * @returns {number | undefined} epoch milliseconds
 */
export function readTimeMs(text) {
  const [, time, zone] = /^(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?)([Zz]|[+-]\d\d:\d\d)?$/.exec(text.trim()) ?? [];
  const timeMs = Date.parse(`${time?.replace(/[t ]/, "T")}${zone?.toUpperCase() ?? "Z"}`);
  return Number.isFinite(timeMs) ? timeMs : undefined;
}
