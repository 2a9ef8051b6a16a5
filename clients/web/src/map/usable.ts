/** So long a map may take until something of it is there. */
export const PATIENCE_MS = 10_000;
/** After an error of one tile others may come. */
const GRACE_MS = 2_000;

/** What a map of MapLibre tells of itself, as far as this needs it. */
export interface Telling {
  on(type: 'error' | 'data' | 'style.load', listener: (event: Told) => void): unknown;
  off(type: 'error' | 'data' | 'style.load', listener: (event: Told) => void): unknown;
  getStyle(): { readonly sources: Readonly<Record<string, unknown>> };
}

interface Told {
  readonly error?: unknown;
  /** Of which source an error or a tile is. */
  readonly sourceId?: string;
  readonly tile?: unknown;
}

/**
 * Watches a map that has just begun to load, until the style is there and one tile, and then no more: a map that has been seen stays. Call it before layers
 * are added.
 *
 * @param giveUp is called at most once, with the reason: the style cannot be had, or no tile of it
 * @returns ends the watching
 */
export function whenUnusable(map: Telling, giveUp: (why: unknown) => void): () => void {
  let sources: ReadonlySet<string> | null = null;
  let timer = setTimeout(() => fail('it does not answer'), PATIENCE_MS);
  let failing = false;

  const styled = () => {
    sources = new Set(Object.keys(map.getStyle().sources));
    if (sources.size === 0) {
      stop();
    }
  };
  const data = ({ tile, sourceId }: Told) => {
    if (tile && sourceId && sources?.has(sourceId)) {
      stop();
    }
  };
  const error = ({ error: why, sourceId }: Told) => {
    if (!sources) {
      fail(why);
    } else if (sourceId && sources.has(sourceId) && !failing) {
      failing = true;
      clearTimeout(timer);
      timer = setTimeout(() => fail(why), GRACE_MS);
    }
  };
  const fail = (why: unknown) => {
    stop();
    giveUp(why);
  };
  const stop = () => {
    clearTimeout(timer);
    map.off('style.load', styled);
    map.off('data', data);
    map.off('error', error);
  };
  map.on('style.load', styled);
  map.on('data', data);
  map.on('error', error);
  return stop;
}
