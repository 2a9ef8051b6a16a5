import { signal, type ReadonlySignal } from '@preact/signals';
import { ActiveSessionsDocument, FollowBoardDocument, OpenIncidentsDocument, type TypedDocumentString } from '../../generated/graphql';
import { ask } from '../api/ask';
import type { Credentials } from '../api/credentials';
import { eventStreamTransport } from '../api/eventStream';
import { follow, type Follower } from '../api/follow';
import { failureOf, patiently } from '../api/patiently';
import { socketTransport } from '../api/socket';
import { INITIAL, reduce, resumeAfter, type BoardChange, type BoardEvent, type BoardState, type Rows } from './boardState';
import { CacheLog } from './cacheLog';

/** Changes are shown together so often at most: hundreds of vehicles send hundreds of them a second. */
const SHOWN_EVERY_MS = 200;

/** Follows the dispatch board of one viewer, and keeps `state` up to date until `stop`. */
export class Board {
  /** What the cache did for the requests of this board. */
  readonly cache = new CacheLog();
  private readonly current = signal<BoardState>(INITIAL);
  private readonly stopped = new AbortController();
  private readonly waking = new EventTarget();
  private readonly follower: Follower;
  private coming: BoardChange[] = [];
  private shownMs = -Infinity;

  constructor(private readonly credentials: Credentials) {
    this.follower = follow({
      document: FollowBoardDocument,
      variables: () => {
        this.showChanges();
        return { after: resumeAfter(this.current.value) };
      },
      credentials,
      transports: [socketTransport(credentials), eventStreamTransport(credentials)],
      opened: () => this.tell({ type: 'opened' }),
      item: ({ onDispatchChanged: change }) => this.soon(change),
      lost: () => this.tell({ type: 'lost' }),
      ended: (failure) => this.tell({ type: 'closed', failure }),
    });
  }

  get state(): ReadonlySignal<BoardState> {
    return this.current;
  }

  stop(): void {
    this.stopped.abort();
    this.follower.stop();
  }

  /** There is a reason to try again at once: the network is back, or somebody looks at the page again. */
  wake(): void {
    this.waking.dispatchEvent(new Event('wake'));
    this.follower.wake();
  }

  /** Runs a query or a mutation as the viewer of the board. Throws `Failed`. */
  ask<T, V>(document: TypedDocumentString<T, V>, variables: V): Promise<T> {
    return ask(document, variables, this.credentials, (report) => this.cache.add(report));
  }

  /** Shows what a mutation answered, before the stream tells of it. */
  wrote(rows: Rows): void {
    this.tell({ type: 'wrote', rows });
  }

  private tell(event: BoardEvent): void {
    if (this.stopped.signal.aborted) {
      return;
    }
    const { generation } = this.current.value;
    this.current.value = reduce(this.current.value, event);
    if (this.current.value.generation !== generation) {
      void this.load(this.current.value.generation);
    }
  }

  private soon(change: BoardChange): void {
    if (this.coming.push(change) === 1) {
      setTimeout(() => this.showChanges(), this.shownMs + SHOWN_EVERY_MS - performance.now());
    }
  }

  private showChanges(): void {
    if (this.coming.length > 0) {
      const changes = this.coming;
      this.coming = [];
      this.shownMs = performance.now();
      this.tell({ type: 'changed', changes });
    }
  }

  /** Loads all lists, while the stream goes on. */
  private async load(generation: number): Promise<void> {
    const incidents = this.pages(generation, async (after) => {
      const { listIncidents: page } = await this.ask(OpenIncidentsDocument, { after });
      return { rows: { incidents: page.edges.map(({ node }) => node) }, info: page.pageInfo };
    });
    const sessions = this.pages(generation, async (after) => {
      const { listTrackingSessions: page } = await this.ask(ActiveSessionsDocument, { after });
      return { rows: { sessions: page.edges.map(({ node }) => node) }, info: page.pageInfo };
    });
    try {
      await Promise.all([incidents, sessions]);
      this.tell({ type: 'loaded', generation });
    } catch (problem) {
      // a later generation loads its own lists
      if (!this.stopped.signal.aborted && generation === this.current.value.generation) {
        this.follower.stop();
        this.tell({ type: 'closed', failure: failureOf(problem) });
      }
    }
  }

  private async pages(generation: number, load: (after: string | null) => Promise<Page>): Promise<void> {
    let after: string | null = null;
    do {
      const from: string | null = after;
      const { rows, info }: Page = await patiently(() => load(from), this.stopped.signal, this.waking);
      this.tell({ type: 'page', generation, rows });
      after = info.hasNextPage ? info.endCursor : null;
    } while (after !== null && generation === this.current.value.generation);
  }
}

interface Page {
  readonly rows: Rows;
  readonly info: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
