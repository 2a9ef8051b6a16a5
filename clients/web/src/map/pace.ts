/** Vehicles move by less than a pixel in that time, so more frames would be work that nobody sees. */
export const LEAST_FRAME_MS = 33;
const LONGEST_FRAME_MS = 500;

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
