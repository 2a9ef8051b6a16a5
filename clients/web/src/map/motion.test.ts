import { describe, expect, it } from 'vitest';
import { isAtRest, moveTo, shownAt, startAt, type Fix, type Motion } from './motion';

const fix = (recordedMs: number, latitude: number, headingDegrees: number | null = 0): Fix => ({
  recordedMs,
  latitude,
  longitude: 0,
  headingDegrees,
});

/** Fixes as they come, once a second, each `delayMs` after it was recorded. */
function driven(count: number, delayMs = 300): Motion {
  let motion = startAt(fix(0, 0), delayMs);
  for (let i = 1; i <= count; i++) {
    motion = moveTo(motion, fix(i * 1000, i), i * 1000 + delayMs);
  }
  return motion;
}

describe('a vehicle', () => {
  it('is shown at its first fix, and rests there', () => {
    const motion = startAt(fix(5000, 10), 0);
    expect(shownAt(motion, 0)).toMatchObject({ latitude: 10, recordedMs: 5000 });
    expect(shownAt(motion, 60_000)).toMatchObject({ latitude: 10, recordedMs: 5000 });
    expect(isAtRest(motion, 0)).toBe(true);
  });

  it('moves on evenly while fixes come, without a jump and never back', () => {
    let motion = driven(20);
    let before = shownAt(motion, 21_250).latitude;
    for (let i = 21; i <= 30; i++) {
      motion = moveTo(motion, fix(i * 1000, i), i * 1000 + 300);
      for (let nowMs = i * 1000 + 300; nowMs < (i + 1) * 1000 + 300; nowMs += 50) {
        const { latitude } = shownAt(motion, nowMs);
        const step = latitude - before;
        expect(step).toBeGreaterThanOrEqual(0);
        expect(step).toBeLessThan(0.1);
        before = latitude;
      }
    }
    expect(before).toBeGreaterThan(29);
  });

  it('is never ahead of the newest fix, and waits there for the next', () => {
    const motion = driven(5);
    for (let nowMs = 5300; nowMs < 30_000; nowMs += 100) {
      const shown = shownAt(motion, nowMs);
      expect(shown.latitude).toBeLessThanOrEqual(5);
      expect(shown.recordedMs).toBeLessThanOrEqual(5000);
    }
    expect(shownAt(motion, 30_000).latitude).toBe(5);
    expect(isAtRest(motion, 30_000)).toBe(true);
  });

  it('goes along all fixes that come at once after a lost connection, by their recorded times', () => {
    let motion = driven(3);
    const lostMs = 60_000;
    // it stood at 4 for a long time, and then went on
    for (const late of [fix(4000, 4), fix(54_000, 4), fix(55_000, 10)]) {
      motion = moveTo(motion, late, lostMs);
    }
    const glide = Array.from({ length: 200 }, (_, i) => shownAt(motion, lostMs + i * 25).latitude);
    expect(glide[0]).toBe(3);
    expect(glide.at(-1)).toBe(10);
    expect(glide.filter((latitude) => latitude > 3.9 && latitude < 4.1).length).toBeGreaterThan(20);
    glide.slice(1).forEach((latitude, i) => expect(latitude - glide[i]!).toBeGreaterThanOrEqual(0));
  });

  it('ignores a fix that is repeated, or older than the newest', () => {
    const motion = driven(3);
    expect(moveTo(motion, fix(3000, 99), 3400)).toBe(motion);
    expect(moveTo(motion, fix(2500, 99), 3400)).toBe(motion);
  });

  it('does not jump when a fix comes early: it goes on from where it is shown', () => {
    const motion = driven(5);
    const before = shownAt(motion, 5500);
    const after = shownAt(moveTo(motion, fix(6000, 6), 5500), 5500);
    expect(after.latitude).toBeCloseTo(before.latitude, 9);
  });

  it('turns the short way', () => {
    const motion = moveTo(startAt(fix(0, 0, 350), 0), fix(1000, 1, 10), 1000);
    const headings = Array.from({ length: 20 }, (_, i) => shownAt(motion, 1000 + i * 150).headingDegrees!);
    headings.forEach((heading) => expect(heading >= 350 || heading <= 10).toBe(true));
    expect(headings[0]).toBeCloseTo(350);
    expect(headings.at(-1)).toBe(10);
  });

  it('has the direction in which it went where the device tells none, and none before it has moved', () => {
    const start = startAt(fix(0, 0, null), 0);
    expect(shownAt(start, 0).headingDegrees).toBeNull();
    const south = moveTo(start, fix(1000, -1, null), 1000);
    expect(shownAt(south, 9000).headingDegrees).toBeCloseTo(180);
    const still = moveTo(south, fix(2000, -1.00001, null), 9000);
    expect(shownAt(still, 20_000).headingDegrees).toBeCloseTo(180);
  });

  it('keeps no more fixes than it needs', () => {
    expect(driven(500).fixes.length).toBeLessThan(5);
  });
});
