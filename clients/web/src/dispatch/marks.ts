import type { Position } from '../map/geometry';
import { shownAt, type Motion } from '../map/motion';
import type { Job, Jobs } from './jobs';

/** What the map shows. */
export interface Picture {
  /** Whether all jobs are known, and not only what came so far. */
  readonly complete: boolean;
  readonly jobs: Jobs;
  readonly selected: Job | null;
  /** Vendors that may get the selected job, the nearest first. */
  readonly candidates: readonly Position[];
  /** Where the incident that is being entered stands. */
  readonly draft: Position | null;
  /** Sessions whose vehicles are not where they are shown. */
  readonly stale: ReadonlySet<string>;
}

/** Something on the map. */
export interface Mark {
  readonly kind:
    | 'vehicle'
    /** A vehicle that was not heard of for long. */
    | 'stale'
    /** An incident that nobody has yet. */
    | 'waiting'
    /** An incident that somebody has. */
    | 'goal'
    | 'vendor'
    | 'draft';
  /** The job that a click on it means. */
  readonly jobId: string | null;
  readonly position: Position;
  readonly headingDegrees?: number | null;
  readonly selected: boolean;
  readonly label: string | null;
  /** A dashed line comes from there. */
  readonly from?: Position | null;
}

/**
 * What stands on the map at a time, in the order in which it is drawn: what is selected covers the rest.
 *
 * @param motions those of vehicles, by the id of their session
 * @param nowMs by the clock of the motions
 */
export function marksOf({ jobs, selected, candidates, draft, stale }: Picture, motions: ReadonlyMap<string, Motion>, nowMs: number): readonly Mark[] {
  const marks: Mark[] = [];
  const chosen: Mark[] = [];
  for (const { id, incident, session } of jobs.underWay) {
    const isSelected = id === selected?.id;
    const [to, motion] = [incident.position, session && motions.get(session.id)];
    const shown = motion ? shownAt(motion, nowMs) : null;
    if (to) {
      const goal: Mark = { kind: 'goal', jobId: id, position: to, selected: isSelected, label: null, from: isSelected ? shown : null };
      (isSelected ? chosen : marks).push(goal);
    }
    if (shown && session) {
      const vehicle: Mark = {
        kind: stale.has(session.id) ? 'stale' : 'vehicle',
        jobId: id,
        position: shown,
        headingDegrees: shown.headingDegrees,
        selected: isSelected,
        label: session.vendor.name,
      };
      (isSelected ? chosen : marks).push(vehicle);
    }
  }
  for (const { id, incident } of jobs.waiting) {
    const isSelected = id === selected?.id;
    if (incident.position) {
      (isSelected ? chosen : marks).push({ kind: 'waiting', jobId: id, position: incident.position, selected: isSelected, label: null });
    }
  }
  const offered = candidates.map((position, i): Mark => ({ kind: 'vendor', jobId: null, position, selected: false, label: String(i + 1) }));
  const drafted: Mark[] = draft ? [{ kind: 'draft', jobId: null, position: draft, selected: true, label: null }] : [];
  return [...marks, ...offered.reverse(), ...chosen, ...drafted];
}
