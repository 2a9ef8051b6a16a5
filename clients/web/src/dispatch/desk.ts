import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { BoardVendorFragment, IncidentKind } from '../../generated/graphql';
import type { Position } from '../map/geometry';
import { Board } from './board';
import { isStale, jobOf, JobLists, type Job, type Jobs } from './jobs';
import type { May } from './may';
import { now } from '../page/now';

/** A vendor that may get a job. */
export interface Candidate {
  readonly vendor: BoardVendorFragment;
  readonly distanceMiles: number;
}

export interface Entered {
  readonly kind: IncidentKind;
  readonly description: string;
}

export const NOTHING_ENTERED: Entered = { kind: 'TIRE', description: '' };

/** The place of an incident of which nothing is entered yet. */
const NOWHERE: Position = { latitude: NaN, longitude: NaN };

export function isPlace({ latitude, longitude }: Position): boolean {
  return Number.isFinite(latitude) && Number.isFinite(longitude);
}

/** The board of one viewer, and what the viewer looks at. */
export class Desk {
  readonly jobs: ReadonlySignal<Jobs>;
  /** What the viewer looks at; null: nothing in particular. */
  readonly selected: ReadonlySignal<Job | null>;
  /** Where the incident stands that the viewer is entering; null: none is being entered. */
  readonly draft: Signal<Position | null> = signal(null);
  /** What was typed of an incident: kept until it is reported or given up, also while the viewer looks at something else. */
  readonly entered: Signal<Entered> = signal(NOTHING_ENTERED);
  readonly candidates: Signal<readonly Candidate[]> = signal([]);
  /** Sessions whose vehicles were not heard of for long. */
  readonly stale: ReadonlySignal<ReadonlySet<string>>;
  /** What a screen reader says next. */
  readonly said = signal('');
  private readonly selectedId = signal<string | null>(null);

  constructor(
    readonly board: Board,
    readonly may: May,
  ) {
    const lists = new JobLists();
    this.jobs = computed(() => lists.of(board.state.value));
    this.selected = computed(() => (this.selectedId.value === null ? null : jobOf(board.state.value, this.selectedId.value)));
    this.stale = computed(() => {
      const ids = this.jobs.value.underWay.flatMap(({ session }) => (session && isStale(session, now.value) ? [session.id] : []));
      return new Set(ids);
    });
  }

  readonly select = (jobId: string): void => {
    batch(() => {
      this.selectedId.value = jobId;
      this.draft.value = null;
      this.candidates.value = [];
    });
  };

  /** Back to the lists. */
  readonly close = (): void => {
    batch(() => {
      this.selectedId.value = null;
      this.draft.value = null;
      this.candidates.value = [];
    });
  };

  /** Begins to enter an incident there; null: where, is not known yet. */
  readonly enter = (position: Position | null): void => {
    batch(() => {
      this.close();
      this.draft.value = position ?? NOWHERE;
    });
  };

  say(text: string): void {
    this.said.value = text;
  }
}
