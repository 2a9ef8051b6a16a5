import { effect, signal, type ReadonlySignal } from '@preact/signals';
import { SendFixesDocument, type LocationOutcome } from '../../generated/graphql';
import { ask } from '../api/ask';
import { serverClock } from '../api/clock';
import type { Credentials } from '../api/credentials';
import type { Failure } from '../api/failure';
import { failureOf } from '../api/patiently';
import { pause, pauseMs } from '../api/retry';
import { batch, EMPTY, fixOf, withFix, without, type FixQueue } from './fixQueue';

/** Fixes of so long go out together: a phone that sends each at once is warm, and no map is better for it. */
const TOGETHER_MS = 2_000;

export interface SharingState {
  /** `denied`: the browser may not say where it is. `unknown`: it may, and does not know. */
  readonly phase: 'off' | 'asking' | 'on' | 'denied' | 'unknown';
  /** How many fixes wait to be sent. */
  readonly waiting: number;
  /** What became of the last fix that was sent, and when that was, by the service's time. */
  readonly last: { readonly outcome: LocationOutcome; readonly reason: string | null; readonly atMs: number } | null;
  /** Whether the last attempt to send reached nobody. */
  readonly offline: boolean;
  /** Why the service did not take what was sent last; null if it did. */
  readonly trouble: string | null;
}

const OFF: SharingState = { phase: 'off', waiting: 0, last: null, offline: false, trouble: null };

/** Sends where the device is, as fixes of one session, until `stop`. What cannot be sent waits in memory. */
export class Sharing {
  private readonly current = signal<SharingState>(OFF);
  private readonly stopped = new AbortController();
  private readonly waking = new EventTarget();
  private queue: FixQueue = EMPTY;
  private watch: number | null = null;
  private sending = false;
  private screen: WakeLockSentinel | null = null;

  constructor(
    private readonly sessionId: string,
    private readonly credentials: Credentials,
  ) {}

  get state(): ReadonlySignal<SharingState> {
    return this.current;
  }

  /** Asks the browser, which asks the person the first time. */
  start(): void {
    if (this.watch !== null || this.stopped.signal.aborted) {
      return;
    }
    this.tell({ phase: 'asking', trouble: null });
    this.watch = navigator.geolocation.watchPosition(
      (reading) => {
        this.queue = withFix(this.queue, fixOf(reading, (deviceMs) => serverClock.now(deviceMs)));
        this.tell({ phase: 'on', waiting: this.queue.fixes.length });
        void this.send();
      },
      ({ code, PERMISSION_DENIED }) => {
        if (code === PERMISSION_DENIED) {
          this.pauseWatching();
        }
        this.tell({ phase: code === PERMISSION_DENIED ? 'denied' : 'unknown' });
      },
      { enableHighAccuracy: true, maximumAge: 1_000, timeout: 30_000 },
    );
    void this.keepScreenOn();
  }

  /** Takes no more fixes. Those that wait are still sent. */
  end(): void {
    this.pauseWatching();
    this.tell({ phase: 'off', trouble: null });
  }

  /**
   * Comes back when all that waits now is sent: what comes later does not count, because the device goes on to tell where it is. Does not
   * wait for a service that answers, but does not take them.
   */
  sent(): Promise<void> {
    this.wake();
    const those = new Set(this.queue.fixes);
    return new Promise((resolve) => {
      const unwatch = effect(() => {
        const { trouble } = this.current.value;
        if (trouble !== null || !this.queue.fixes.some((fix) => those.has(fix))) {
          resolve();
          queueMicrotask(() => unwatch());
        }
      });
    });
  }

  /** Takes no more fixes, and sends none. */
  stop(): void {
    this.pauseWatching();
    this.queue = EMPTY;
    this.tell({ waiting: 0 });
    this.stopped.abort();
  }

  /** There is a reason to try again at once. */
  wake(): void {
    this.waking.dispatchEvent(new Event('wake'));
    if (this.watch !== null) {
      void this.keepScreenOn();
    }
  }

  private tell(change: Partial<SharingState>): void {
    if (!this.stopped.signal.aborted) {
      this.current.value = { ...this.current.value, ...change };
    }
  }

  private async send(): Promise<void> {
    if (this.sending) {
      return;
    }
    this.sending = true;
    for (let failures = 0; this.queue.fixes.length > 0 && !this.stopped.signal.aborted; ) {
      const locations = batch(this.queue);
      let pauseForMs = TOGETHER_MS;
      try {
        const { results } = await ask(SendFixesDocument, { input: { sessionId: this.sessionId, locations } }, this.credentials);
        this.queue = without(this.queue, locations);
        const { outcome, reason } = results.at(-1)!;
        this.tell({ last: { outcome, reason, atMs: serverClock.now() }, waiting: this.queue.fixes.length, offline: false, trouble: null });
        failures = 0;
      } catch (problem) {
        const failure = failureOf(problem);
        const refusal = refusalOf(failure);
        if (refusal !== null) {
          this.queue = EMPTY;
          this.end();
          this.tell({ waiting: 0, offline: false, trouble: refusal });
          break;
        }
        this.tell({ offline: failure.kind === 'lost', trouble: failure.kind === 'broken' ? failure.message : null });
        pauseForMs = pauseMs(failure.kind === 'lost' ? failure : { kind: 'lost' }, failures++, Math.random());
      }
      await pause(pauseForMs, this.waking, this.stopped.signal);
    }
    this.sending = false;
  }

  private pauseWatching(): void {
    if (this.watch !== null) {
      navigator.geolocation.clearWatch(this.watch);
      this.watch = null;
    }
    void this.screen?.release().catch(() => {});
    this.screen = null;
  }

  /** A browser tells no positions while the screen is off. Not every one can keep it on, nor may each. */
  private async keepScreenOn(): Promise<void> {
    if (this.screen && !this.screen.released) {
      return;
    }
    try {
      const lock = (await navigator.wakeLock?.request('screen')) ?? null;
      this.screen = lock;
      if (this.watch === null) {
        void lock?.release().catch(() => {});
      }
    } catch {
      // it goes off
    }
  }
}

/** Why the service takes no position of this session any more; null: it may take them later. */
function refusalOf(failure: Failure): string | null {
  switch (failure.kind) {
    case 'absent':
      return 'This job is not there any more.';
    case 'refused':
      return 'You may not send positions for this job.';
    case 'broken':
      return failure.code === 'CONFLICT' ? failure.message : null;
    case 'lost':
      return null;
  }
}
