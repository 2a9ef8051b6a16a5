import { signal, type ReadonlySignal } from '@preact/signals';
import {
  FollowSessionDocument,
  SharedSessionDocument,
  TrackedSessionDocument,
  TrailOfSessionDocument,
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

/** The longest trail that is loaded, in pages of 100 fixes. */
const MOST_PAGES = 30;

/** Which session to follow. */
export type Target = { readonly sessionId: string } | { readonly shareSecret: string };

/** Follows one session: loads what stands still, then keeps `state` up to date until `stop`. */
export class Tracking {
  private readonly current = signal<TrackingState>(INITIAL);
  private readonly stopped = new AbortController();
  private readonly waking = new EventTarget();
  private credentials: Credentials = anonymous;
  private follower: Follower | null = null;

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
      session = await this.patiently(() => this.load());
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
      void this.load().catch(() => {});
    }
  }

  private async load(): Promise<TrackedFragment> {
    const { session } =
      'shareSecret' in this.target
        ? await ask(SharedSessionDocument, {}, this.credentials)
        : await ask(TrackedSessionDocument, { id: this.target.sessionId }, this.credentials);
    if (!session) {
      throw new Failed({ kind: 'absent' });
    }
    this.tell({ type: 'loaded', session });
    return session;
  }

  /** From the oldest fix on. Whoever may not see a trail sees none. */
  private async loadTrail(id: string): Promise<void> {
    let after: string | null = null;
    try {
      for (let page = 0; page < MOST_PAGES; page++) {
        const { session }: TrailOfSessionQuery = await this.patiently(() =>
          ask(TrailOfSessionDocument, { id, after }, this.credentials),
        );
        this.tell({ type: 'trail', fixes: session?.trail.edges.map(({ node }) => node) ?? [] });
        if (!session?.trail.pageInfo.hasNextPage) {
          return;
        }
        after = session.trail.pageInfo.endCursor;
      }
    } catch (problem) {
      if (failureOf(problem).kind === 'broken' && !this.stopped.signal.aborted) {
        console.warn('The trail could not be loaded:', problem);
      }
    }
  }

  private patiently<T>(attempt: () => Promise<T>): Promise<T> {
    return patiently(attempt, this.stopped.signal, this.waking);
  }
}
