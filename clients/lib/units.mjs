/** Values as people write them on a command line. Each function gives undefined for what it does not understand. */

const MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** @param {string} text such as `30s`; a number alone is not understood, except 0 @returns {number | undefined} milliseconds */
export function readDurationMs(text) {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  return text === "0" ? 0 : unit && Number(number) * MS[unit];
}

/** @param {string} text such as `5%` or `0.05` @returns {number | undefined} 0 to 1 */
export function readShare(text) {
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
  const share = percent ? Number(number) / 100 : Number(number);
  return share <= 1 ? share : undefined;
}

/** @param {string} text such as `10x` or `10` @returns {number | undefined} above 0 */
export function readFactor(text) {
  const [, number] = /^(\d+(?:\.\d+)?)x?$/.exec(text) ?? [];
  return Number(number) > 0 ? Number(number) : undefined;
}

/** @param {string} text such as `30.26,-97.74` @returns {{latitude: number, longitude: number} | undefined} degrees */
export function readPosition(text) {
  const [, north, east] = /^(-?\d+(?:\.\d+)?),\s*(-?\d+(?:\.\d+)?)$/.exec(text) ?? [];
  const [latitude, longitude] = [Number(north), Number(east)];
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined;
}

/** @param {number} ms @returns {string} such as `0:42`, `12:05` or `1:00:00` */
export function clockOf(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
