import { describe, expect, it } from 'vitest';
import type { DriverFragment, DriversJobFragment, SessionStatus } from '../../generated/graphql';
import { currentJob, INITIAL, nextStep, reduce, type DriveEvent, type DriveState } from './driveState';

const vendor = (version: number, availability: DriverFragment['availability'] = 'BUSY'): DriverFragment => ({ id: 'v', name: 'Tow', availability, version });
const job = (id: string, status: SessionStatus, version: number, startedAt = '2026-03-21T12:00:00.000Z'): DriversJobFragment => ({ id, status, version, startedAt });
const reset = (position: string): DriveEvent => ({ type: 'changed', change: { kind: 'RESET', id: null, position, session: null, vendor: null } });
const session = (position: string, changed: DriversJobFragment): DriveEvent => ({
  type: 'changed',
  change: { kind: 'SESSION', id: changed.id, position, session: changed, vendor: null },
});
const loadedAt = (resets: number, ...jobs: DriversJobFragment[]): DriveEvent => ({ type: 'loaded', resets, vendor: vendor(1), jobs });
const loaded = (...jobs: DriversJobFragment[]): DriveEvent => loadedAt(1, ...jobs);
const after = (...events: DriveEvent[]): DriveState => events.reduce(reduce, INITIAL);

describe('the job of a vendor', () => {
  it('is the one that was given last and has not ended', () => {
    const state = after(reset('1'), loaded(job('old', 'EN_ROUTE', 3), job('new', 'ASSIGNED', 1, '2026-03-21T12:05:00.000Z')));
    expect(currentJob(state)!.id).toBe('new');
    expect(currentJob(after(reset('1'), loaded(job('a', 'COMPLETED', 9), job('b', 'CANCELLED', 2))))).toBeNull();
  });

  it('never goes back to an earlier version', () => {
    const state = after(reset('1'), session('2', job('a', 'ARRIVED', 5)), loaded(job('a', 'EN_ROUTE', 4)), session('3', job('a', 'ASSIGNED', 1)));
    expect(currentJob(state)!.status).toBe('ARRIVED');
  });

  it('is kept while the lists are loaded anew, and goes if they lack it', () => {
    const away = after(reset('1'), loaded(job('a', 'EN_ROUTE', 4)), { type: 'lost' }, { type: 'opened' }, reset('7'));
    expect(currentJob(away)!.id).toBe('a');
    expect(currentJob(reduce(away, loadedAt(2)))).toBeNull();
  });

  it('stays where the stream told of it after the RESET, though the lists still lack it', () => {
    const state = after(reset('1'), loaded(job('a', 'EN_ROUTE', 4)), reset('7'), session('8', job('a', 'ARRIVED', 5)), loadedAt(2));
    expect(currentJob(state)!.status).toBe('ARRIVED');
  });

  it('is not settled by lists that were asked for before the last RESET', () => {
    const away = after(reset('1'), reset('7'), loadedAt(1, job('a', 'EN_ROUTE', 4)));
    expect([away.loaded, currentJob(away)]).toEqual([false, null]);
    const again = after(reset('1'), loadedAt(1, job('a', 'EN_ROUTE', 4)), reset('7'), loadedAt(1, job('b', 'ASSIGNED', 1)));
    expect(Object.keys(again.jobs)).toEqual(['a']);
    expect(Object.keys(reduce(again, loadedAt(2, job('b', 'ASSIGNED', 1))).jobs)).toEqual(['b']);
  });
});

describe('the stream', () => {
  it('resumes after the last change', () => {
    expect(after(reset('1'), session('2', job('a', 'ASSIGNED', 1)), { type: 'lost' }).after).toBe('2');
  });

  it('asks for the lists after each RESET', () => {
    expect(after(reset('1'), session('2', job('a', 'ASSIGNED', 1)), reset('3')).resets).toBe(2);
  });

  it('is live, away, and over', () => {
    expect(after({ type: 'lost' }).phase).toBe('connecting');
    expect(after(reset('1')).phase).toBe('live');
    expect(after(reset('1'), { type: 'lost' }).phase).toBe('reconnecting');
    expect(after({ type: 'closed', failure: { kind: 'refused' } }).phase).toBe('refused');
    expect(after({ type: 'closed', failure: null }).phase).toBe('broken');
  });
});

describe('a vendor', () => {
  it('never goes back to an earlier version', () => {
    const state = after({ type: 'vendor', vendor: vendor(4, 'OFFLINE') }, loadedAt(0));
    expect(state.vendor!.availability).toBe('OFFLINE');
  });
});

describe('the next step', () => {
  it('is the one after', () => {
    const steps: SessionStatus[] = ['ASSIGNED'];
    for (let next = nextStep('ASSIGNED'); next; next = nextStep(next)) {
      steps.push(next);
    }
    expect(steps).toEqual(['ASSIGNED', 'EN_ROUTE', 'ARRIVED', 'IN_SERVICE', 'COMPLETED']);
    expect(nextStep('CANCELLED')).toBeNull();
  });
});
