import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { whenUnusable, type Telling } from './usable';

type Event = Parameters<Parameters<Telling['on']>[1]>[0];

/** A map that says what a test lets it say. */
class FakeMap implements Telling {
  readonly listeners = new Map<string, Set<(event: Event) => void>>();

  constructor(private readonly sources: Record<string, unknown> = { images: {} }) {}

  on(type: string, listener: (event: Event) => void): void {
    this.listeners.set(type, (this.listeners.get(type) ?? new Set()).add(listener));
  }

  off(type: string, listener: (event: Event) => void): void {
    this.listeners.get(type)?.delete(listener);
  }

  getStyle() {
    return { sources: this.sources };
  }

  tell(type: string, event: Event = {}): void {
    [...(this.listeners.get(type) ?? [])].forEach((listener) => listener(event));
  }

  get listenerCount(): number {
    return [...this.listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched(sources?: Record<string, unknown>) {
  const map = new FakeMap(sources);
  const giveUp = vi.fn();
  const stop = whenUnusable(map, giveUp);
  return { map, giveUp, stop };
}

describe('a map of the settings is given up', () => {
  test('at the first error while there is no style', () => {
    const { map, giveUp } = watched();
    map.tell('error', { error: 'refused' });
    expect(giveUp).toHaveBeenCalledExactlyOnceWith('refused');
    map.tell('error', { error: 'refused' });
    vi.advanceTimersByTime(60_000);
    expect(giveUp).toHaveBeenCalledOnce();
    expect(map.listenerCount).toBe(0);
  });

  test('when nothing comes for ten seconds', () => {
    const { giveUp } = watched();
    vi.advanceTimersByTime(9_999);
    expect(giveUp).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(giveUp).toHaveBeenCalledOnce();
  });

  test('when there is a style and no tile', () => {
    const { map, giveUp } = watched();
    map.tell('style.load');
    map.tell('data', { sourceId: 'trail', tile: {} });
    vi.advanceTimersByTime(10_000);
    expect(giveUp).toHaveBeenCalledOnce();
  });

  test('soon after a tile that failed, if no other one comes', () => {
    const { map, giveUp } = watched();
    map.tell('style.load');
    map.tell('error', { error: 'no network', sourceId: 'images' });
    vi.advanceTimersByTime(1_000);
    map.tell('error', { error: 'no network', sourceId: 'images' });
    vi.advanceTimersByTime(1_000);
    expect(giveUp).toHaveBeenCalledExactlyOnceWith('no network');
  });
});

describe('a map of the settings stays', () => {
  test('once a tile of it came, whatever fails later', () => {
    const { map, giveUp } = watched();
    map.tell('style.load');
    map.tell('error', { sourceId: 'images' });
    map.tell('data', { sourceId: 'images', tile: {} });
    map.tell('error', { sourceId: 'images' });
    vi.advanceTimersByTime(60_000);
    expect(giveUp).not.toHaveBeenCalled();
    expect(map.listenerCount).toBe(0);
  });

  test('if it needs no tiles', () => {
    const { map, giveUp } = watched({});
    map.tell('style.load');
    vi.advanceTimersByTime(60_000);
    expect(giveUp).not.toHaveBeenCalled();
  });

  test('when a part of it fails that is no tile', () => {
    const { map, giveUp } = watched();
    map.tell('style.load');
    map.tell('error', { error: 'no symbols' });
    vi.advanceTimersByTime(9_000);
    expect(giveUp).not.toHaveBeenCalled();
  });

  test('when nobody looks at it any more', () => {
    const { giveUp, stop } = watched();
    stop();
    vi.advanceTimersByTime(60_000);
    expect(giveUp).not.toHaveBeenCalled();
  });
});
