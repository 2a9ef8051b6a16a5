/** Vehicles move by less than a pixel in that time, so more frames would be work that nobody sees. */
export const LEAST_FRAME_MS = 33;
const LONGEST_FRAME_MS = 500;
/** What moves so slowly that nobody sees it for longer is drawn so often nevertheless. */
const LONGEST_WAIT_MS = 100;

/**
 * How long to wait for the next frame of something that moves slowly: until somebody can see that it has moved. A vehicle on the map of a town moves by a few
 * pixels a second, and each frame costs a phone power, also one in which nothing changes.
 *
 * @param differs whether it will look different after so many milliseconds
 */
export function untilSeen(differs: (afterMs: number) => boolean): number {
  let ms = LEAST_FRAME_MS;
  while (ms < LONGEST_WAIT_MS && !differs(ms)) {
    ms *= 1.5;
  }
  return Math.min(ms, LONGEST_WAIT_MS);
}

/**
 * How long to wait for the next frame of an animation: a device that cannot draw so many gets fewer, so that it still answers to people.
 *
 * @param frameMs how long the last one should have taken
 * @param tookMs how long it took, from one drawing to the next
 */
export function pace(frameMs: number, tookMs: number): number {
  const late = tookMs > frameMs * 2;
  return Math.min(LONGEST_FRAME_MS, Math.max(LEAST_FRAME_MS, frameMs * (late ? 1.5 : 0.95)));
}
