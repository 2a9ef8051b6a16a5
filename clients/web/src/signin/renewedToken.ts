import type { Credentials } from '../api/credentials';
import { failureOf, patiently } from '../api/patiently';

/** A token, and when it ends, in milliseconds since 1970 by the clock of this device. */
export interface Token {
  readonly text: string;
  readonly expiresMs: number;
}

/** So much of a token's lifetime passes before another one is fetched. */
const PART_BEFORE_RENEWAL = 0.75;

/** A tab in the background, and a device that sleeps, are late by more. */
const SHORTEST_PAUSE_MS = 1_000;

/** What `setTimeout` can wait for. */
const LONGEST_PAUSE_MS = 2 ** 31 - 1;

/**
 * A token that is replaced before it ends, and when the service refuses it. While nobody can be asked for another one it waits: that is no
 * reason to tell a viewer that it may see nothing.
 */
export class RenewedToken implements Credentials {
  private readonly stopped = new AbortController();
  private renewing: Promise<boolean> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param fetchNext throws `Failed`: `lost` if another attempt may succeed
   * @param ended there will be no other token
   * @param keep stores a token that was fetched: not called any more once nobody needs it
   */
  constructor(
    private token: Token,
    private readonly fetchNext: () => Promise<Token>,
    private readonly ended: () => void,
    private readonly keep: (token: Token) => void = () => {},
  ) {
    this.schedule();
  }

  headers(): Record<string, string> {
    return { Authorization: `Bearer ${this.token.text}` };
  }

  renew(): Promise<boolean> {
    this.renewing ??= this.fetch().finally(() => (this.renewing = null));
    return this.renewing;
  }

  /** Nobody needs it any more. */
  stop(): void {
    this.stopped.abort();
    clearTimeout(this.timer);
  }

  private async fetch(): Promise<boolean> {
    try {
      const token = await patiently(this.fetchNext, this.stopped.signal);
      if (this.stopped.signal.aborted) {
        return false;
      }
      this.token = token;
      this.keep(token);
      this.schedule();
      return true;
    } catch (problem) {
      if (!this.stopped.signal.aborted) {
        if (failureOf(problem).kind === 'broken') {
          console.warn('The token could not be renewed:', String(problem));
        }
        this.stop();
        this.ended();
      }
      return false;
    }
  }

  private schedule(): void {
    clearTimeout(this.timer);
    const pauseMs = Math.max(SHORTEST_PAUSE_MS, (this.token.expiresMs - Date.now()) * PART_BEFORE_RENEWAL);
    this.timer = setTimeout(() => void this.renew(), Math.min(pauseMs, LONGEST_PAUSE_MS));
  }
}
