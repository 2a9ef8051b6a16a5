import type { BoardIncidentFragment, BoardSessionFragment } from '../../generated/graphql';
import type { Fix } from '../map/motion';
import { isOverdue } from '../session/stale';
import { isActive, isOpen, type BoardState } from './boardState';

/** An incident, and the session in which a vendor sees to it. */
export interface Job {
  /** That of the incident. */
  readonly id: string;
  readonly incident: BoardIncidentFragment;
  /** Of a job that is over the last one; null while nobody has the job. */
  readonly session: BoardSessionFragment | null;
}

export interface Jobs {
  /** Those that nobody has yet; who has waited longest comes first. */
  readonly waiting: readonly Job[];
  /** Those that a vendor has, the newest first. */
  readonly underWay: readonly Job[];
}

/** Jobs as a board shows them. One whose objects have not changed is the same object as before. */
export class JobLists {
  private known = new Map<string, Job>();

  of({ incidents, sessions }: BoardState): Jobs {
    const before = this.known;
    this.known = new Map();
    for (const { value: session } of sessions.values()) {
      if (isActive(session)) {
        // the incident as its own row has it may be newer, but shows a vendor less
        this.keep(before, session.incident, session);
      }
    }
    for (const { value: incident } of incidents.values()) {
      if (isOpen(incident) && !this.known.has(incident.id)) {
        this.keep(before, incident, null);
      }
    }
    const all = [...this.known.values()];
    const isWaiting = ({ session, incident }: Job) => session === null && incident.status === 'REPORTED';
    return {
      waiting: all.filter(isWaiting).sort((one, other) => compare(one.incident.createdAt, other.incident.createdAt)),
      underWay: all.filter((job) => !isWaiting(job)).sort((one, other) => compare(begun(other), begun(one))),
    };
  }

  private keep(before: ReadonlyMap<string, Job>, incident: BoardIncidentFragment, session: BoardSessionFragment | null): void {
    const known = before.get(incident.id);
    const same = known && known.session === session && (session !== null || known.incident === incident);
    this.known.set(incident.id, same ? known : { id: incident.id, incident, session });
  }
}

/** The job of an incident, also one that is over, as long as the board knows of it. */
export function jobOf({ incidents, sessions }: BoardState, incidentId: string): Job | null {
  const those = [...sessions.values()].map(({ value }) => value).filter((session) => session.incident.id === incidentId);
  const session = those.find(isActive) ?? null;
  const incident = incidents.get(incidentId)?.value ?? session?.incident ?? those.at(-1)?.incident;
  if (!incident) {
    return null;
  }
  if (session) {
    return { id: incidentId, incident: session.incident, session };
  }
  const last = those.sort((one, other) => compare(one.startedAt, other.startedAt)).at(-1) ?? null;
  const over = !isOpen(incident) || (last?.status === 'COMPLETED');
  return { id: incidentId, incident, session: over ? last : null };
}

/** The newest fix of a vehicle. */
export function fixOf({ currentLocation }: BoardSessionFragment): Fix | null {
  return currentLocation && { ...currentLocation, recordedMs: Date.parse(currentLocation.recordedAt) };
}

/** @param nowMs the service's time */
export function isStale(session: BoardSessionFragment, nowMs: number): boolean {
  return isOverdue(session.status, fixOf(session), nowMs);
}

/** Whether what was typed stands in the words of a job. */
export function matches(sought: string, words: readonly (string | null | undefined)[]): boolean {
  const text = words.join(' ').toLowerCase();
  return sought.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

function begun({ session, incident }: Job): string {
  return session?.startedAt ?? incident.createdAt;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
