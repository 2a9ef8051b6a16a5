import { signal, type ReadonlySignal } from '@preact/signals';
import {
  FollowSessionDocument,
  SharedSessionDocument,
  TrackedSessionDocument,
  TrailOfSessionDocument,
  type FixFragment,
  type TrackedFragment,
  type TrailOfSessionQuery,
} from '../../generated/graphql';
import { ask } from '../api/ask';
import { anonymous, type Credentials } from '../api/credentials';
import { eventStreamTransport } from '../api/eventStream';
import { Failed } from '../api/failure';
import { follow, type Follower } from '../api/follow';
import { failureOf, patiently } from '../api/patiently';
import { socketTransport } from '../api/socket';
import { INITIAL, reduce, type TrackingEvent, type TrackingState } from './trackingState';

/** Which session to follow. */
export type Target = { readonly sessionId: string } | { readonly shareSecret: string };

/** Follows one session: loads what stands still, then keeps `state` up to date until `stop`. */
export class Tracking {
  private readonly current = signal<TrackingState>(INITIAL);
  private readonly stopped = new AbortController();
  private readonly waking = new EventTarget();
  private credentials: Credentials = anonymous;
  private follower: Follower | null = null;
  /** Counts the loads: an answer to an earlier one is worth nothing. */
  private loads = 0;
  private trailLoads = 0;

  constructor(
    private readonly target: Target,
    credentials: Promise<Credentials>,
  ) {
    void credentials.then((known) => {
      this.credentials = known;
      return this.run();
    });
  }

  get state(): ReadonlySignal<TrackingState> {
    return this.current;
  }

  stop(): void {
    this.stopped.abort();
    this.follower?.stop();
  }

  /** There is a reason to try again at once: the network is back, or somebody looks at the page again. */
  wake(): void {
    this.waking.dispatchEvent(new Event('wake'));
    this.follower?.wake();
  }

  private tell(event: TrackingEvent): void {
    if (!this.stopped.signal.aborted) {
      this.current.value = reduce(this.current.value, event);
    }
  }

  private async run(): Promise<void> {
    let session: TrackedFragment;
    try {
      session = await this.load();
    } catch (problem) {
      this.tell({ type: 'closed', failure: failureOf(problem) });
      return;
    }
    if (this.stopped.signal.aborted) {
      return;
    }
    void this.loadTrail(session.id);
    this.follower = follow({
      document: FollowSessionDocument,
      variables: () => ({ sessionId: session.id, ...this.current.value.cursor }),
      credentials: this.credentials,
      transports: [socketTransport(this.credentials), eventStreamTransport(this.credentials)],
      opened: () => this.tell({ type: 'opened' }),
      item: ({ onTrackingUpdated: update }) => this.update(session.id, update),
      lost: () => this.tell({ type: 'lost' }),
      ended: (failure) => this.tell({ type: 'closed', failure }),
    });
  }

  private update(sessionId: string, update: Extract<TrackingEvent, { type: 'updated' }>['update']): void {
    const { restarts, status } = this.current.value;
    this.tell({ type: 'updated', update });
    const now = this.current.value;
    if (now.restarts !== restarts) {
      void this.loadTrail(sessionId);
    }
    if (now.restarts !== restarts || now.status !== status) {
      // what a viewer may see of vendor and incident depends on the step
      void this.load().catch((problem) => this.warn('The job could not be loaded anew:', problem));
    }
  }

  private async load(): Promise<TrackedFragment> {
    const load = ++this.loads;
    const { target } = this;
    const { session } = await this.patiently(() =>
      'shareSecret' in target
        ? ask(SharedSessionDocument, {}, this.credentials)
        : ask(TrackedSessionDocument, { id: target.sessionId }, this.credentials),
    );
    if (!session) {
      throw new Failed({ kind: 'absent' });
    }
    if (load === this.loads) {
      this.tell({ type: 'loaded', session });
    }
    return session;
  }

  /**
   * From the oldest fix to the newest, and shown when it is whole: a part of it would be joined to the present by a straight line. Whoever may
   * not see a trail sees none.
   */
  private async loadTrail(id: string): Promise<void> {
    const load = ++this.trailLoads;
    const fixes: FixFragment[] = [];
    let after: string | null = null;
    try {
      do {
        const from: string | null = after;
        const { session }: TrailOfSessionQuery = await this.patiently(() =>
          ask(TrailOfSessionDocument, { id, after: from }, this.credentials),
        );
        fixes.push(...(session?.trail.edges.map(({ node }) => node) ?? []));
        after = session?.trail.pageInfo.hasNextPage ? session.trail.pageInfo.endCursor : null;
      } while (after !== null && load === this.trailLoads);
      if (load === this.trailLoads) {
        this.tell({ type: 'trail', fixes });
      }
    } catch (problem) {
      this.warn('The trail could not be loaded:', problem);
    }
  }

  private warn(what: string, problem: unknown): void {
    if (failureOf(problem).kind === 'broken' && !this.stopped.signal.aborted) {
      console.warn(what, problem);
    }
  }

  private patiently<T>(attempt: () => Promise<T>): Promise<T> {
    return patiently(attempt, this.stopped.signal, this.waking);
  }
}
