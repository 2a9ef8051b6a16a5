import type { TypedDocumentString } from '../../generated/graphql';
import type { Credentials } from './credentials';
import type { Failure } from './failure';
import { pause, pauseMs } from './retry';
import type { Transport } from './transport';

export interface Following<T, V> {
  readonly document: TypedDocumentString<T, V>;
  /** The variables of the next connection: what was seen so far goes into them, so that nothing comes twice and nothing is missing. */
  readonly variables: () => V;
  readonly credentials: Credentials;
  /** The best one first; another is tried in turn while connections cannot be opened. */
  readonly transports: readonly Transport[];
  readonly opened: () => void;
  readonly item: (data: T) => void;
  /** The connection is lost; the next attempt follows. */
  readonly lost: () => void;
  /** `null`: the stream is complete. Otherwise another attempt would fail, too. */
  readonly ended: (failure: Failure | null) => void;
  readonly random?: () => number;
}

export interface Follower {
  stop(): void;
  /** There is a reason to try again at once, such as a network that is back. */
  wake(): void;
}

/** Attempts to open a connection with one transport before another is tried. */
const ATTEMPTS = 2;

/** The same with one that worked before: rather the service or the network is away than that it is blocked now. */
const ATTEMPTS_IF_PROVEN = 8;

/** A connection that lasts so long, or brings an item, was a success: the limit of the pauses begins anew after it. */
const PROVEN_AFTER_MS = 10_000;

/** Follows a subscription over as many connections as it takes, one after another. */
export function follow<T, V>(following: Following<T, V>): Follower {
  const stop = new AbortController();
  const wake = new EventTarget();
  void run(following, wake, stop.signal);
  return {
    stop: () => stop.abort(),
    wake: () => void wake.dispatchEvent(new Event('wake')),
  };
}

async function run<T, V>(following: Following<T, V>, wake: EventTarget, stop: AbortSignal): Promise<void> {
  const { transports, credentials, random = Math.random } = following;
  let failures = 0;
  let current = 0;
  let unopened = 0;
  const worked = new Set<number>();
  let renewed = false;
  while (!stop.aborted) {
    const { opened, proven, failure } = await connect(following, transports[current]!, stop);
    if (stop.aborted) {
      return;
    }
    if (opened) {
      worked.add(current);
      current = unopened = 0;
    } else if (++unopened >= (worked.has(current) ? ATTEMPTS_IF_PROVEN : ATTEMPTS)) {
      current = (current + 1) % transports.length;
      unopened = 0;
    }
    if (proven) {
      failures = 0;
    }
    if (proven || failure?.kind === 'lost') {
      // only two refusals one after the other say that a fresh credential does not help
      renewed = false;
    }
    if (failure?.kind === 'refused' && !failure.forbidden && !renewed) {
      following.lost();
      renewed = await credentials.renew();
      if (renewed) {
        continue;
      }
    }
    if (stop.aborted) {
      return;
    }
    if (failure?.kind !== 'lost') {
      following.ended(failure);
      return;
    }
    following.lost();
    await pause(pauseMs(failure, failures, random()), wake, stop);
    failures++;
  }
}

interface Connected {
  readonly opened: boolean;
  readonly proven: boolean;
  readonly failure: Failure | null;
}

/** One connection, from its beginning to its end. */
function connect<T, V>(following: Following<T, V>, transport: Transport, stop: AbortSignal): Promise<Connected> {
  return new Promise((resolve) => {
    let openedAtMs: number | undefined;
    let items = 0;
    const end = (failure: Failure | null) => {
      stop.removeEventListener('abort', abort);
      const lastedMs = openedAtMs === undefined ? 0 : performance.now() - openedAtMs;
      resolve({ opened: openedAtMs !== undefined, proven: items > 0 || lastedMs >= PROVEN_AFTER_MS, failure });
    };
    const close = transport.subscribe(following.document, following.variables(), {
      opened: () => {
        openedAtMs = performance.now();
        following.opened();
      },
      item: (data) => {
        items++;
        following.item(data);
      },
      ended: end,
    });
    const abort = () => {
      close();
      end(null);
    };
    stop.addEventListener('abort', abort);
  });
}
