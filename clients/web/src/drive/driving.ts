import { effect, signal, type ReadonlySignal } from '@preact/signals';
import {
  DrivingDocument,
  FollowDriverDocument,
  ReachStepDocument,
  SayAvailabilityDocument,
  type Availability,
  type SessionStatus,
} from '../../generated/graphql';
import { ask } from '../api/ask';
import type { Credentials } from '../api/credentials';
import { eventStreamTransport } from '../api/eventStream';
import { follow, type Follower } from '../api/follow';
import { failureOf, patiently } from '../api/patiently';
import { socketTransport } from '../api/socket';
import { Tracking } from '../session/tracking';
import { FINAL } from '../session/trackingState';
import type { SignedIn } from '../signin/viewer';
import { currentJob, INITIAL, reduce, type DriveEvent, type DriveState } from './driveState';
import { Sharing } from './sharing';

/** The job that a vendor is on: what a watcher sees of it, and what its vehicle sends. */
export interface CurrentJob {
  readonly id: string;
  readonly tracking: Tracking;
  readonly sharing: Sharing;
}

/** Follows a vendor and its current job until `stop`. */
export class Driving {
  private readonly current = signal<DriveState>(INITIAL);
  private readonly currentJob = signal<CurrentJob | null>(null);
  private readonly stopped = new AbortController();
  private readonly waking = new EventTarget();
  readonly vendorId: string;
  private readonly credentials: Credentials;
  private readonly follower: Follower;
  private readonly unwatch: () => void;

  constructor({ subject, credentials }: SignedIn) {
    this.vendorId = subject;
    this.credentials = credentials;
    this.follower = follow({
      document: FollowDriverDocument,
      variables: () => ({ after: this.current.peek().after }),
      credentials,
      transports: [socketTransport(credentials), eventStreamTransport(credentials)],
      opened: () => this.tell({ type: 'opened' }),
      item: ({ onDispatchChanged: change }) => {
        this.tell({ type: 'changed', change });
        if (change.kind === 'RESET') {
          void this.load();
        }
      },
      lost: () => this.tell({ type: 'lost' }),
      ended: (failure) => this.tell({ type: 'closed', failure }),
    });
    this.unwatch = effect(() => this.turnTo(currentJob(this.current.value)?.id ?? null));
  }

  get state(): ReadonlySignal<DriveState> {
    return this.current;
  }

  get job(): ReadonlySignal<CurrentJob | null> {
    return this.currentJob;
  }

  /** Reports a step of a job, for as long as it takes. Throws `Failed`. */
  async reach({ id: sessionId, sharing }: CurrentJob, status: SessionStatus): Promise<void> {
    if (FINAL.includes(status)) {
      // after the end no position is taken
      await sharing.sent();
    }
    const { session } = await this.patiently(() => ask(ReachStepDocument, { input: { sessionId, status } }, this.credentials));
    this.tell({ type: 'job', job: session });
  }

  /** Says whether the vendor takes jobs, for as long as it takes. Throws `Failed`. */
  async say(availability: Availability): Promise<void> {
    const input = { vendorId: this.vendorId, availability };
    const { vendor } = await this.patiently(() => ask(SayAvailabilityDocument, { input }, this.credentials));
    this.tell({ type: 'vendor', vendor });
  }

  /** There is a reason to try again at once: the network is back, or somebody looks at the page again. */
  wake(): void {
    this.waking.dispatchEvent(new Event('wake'));
    this.follower.wake();
    this.currentJob.peek()?.tracking.wake();
    this.currentJob.peek()?.sharing.wake();
  }

  stop(): void {
    this.unwatch();
    this.stopped.abort();
    this.follower.stop();
    this.turnTo(null);
  }

  private turnTo(id: string | null): void {
    const before = this.currentJob.peek();
    if (before?.id !== id) {
      before?.tracking.stop();
      before?.sharing.stop();
      this.currentJob.value = id === null ? null : this.begin(id);
    }
  }

  private begin(id: string): CurrentJob {
    const tracking = new Tracking({ sessionId: id }, Promise.resolve(this.credentials));
    return { id, tracking, sharing: new Sharing(id, this.credentials) };
  }

  private async load(): Promise<void> {
    const { resets } = this.current.peek();
    try {
      const { vendor, jobs } = await this.patiently(() => ask(DrivingDocument, { vendorId: this.vendorId }, this.credentials));
      this.tell({ type: 'loaded', resets, vendor, jobs: jobs.edges.map(({ node }) => node) });
    } catch (problem) {
      if (resets !== this.current.peek().resets) {
        // a later load tells
        return;
      }
      this.tell({ type: 'closed', failure: failureOf(problem) });
    }
  }

  private tell(event: DriveEvent): void {
    if (!this.stopped.signal.aborted) {
      this.current.value = reduce(this.current.peek(), event);
    }
  }

  private patiently<T>(attempt: () => Promise<T>): Promise<T> {
    return patiently(attempt, this.stopped.signal, this.waking);
  }
}
