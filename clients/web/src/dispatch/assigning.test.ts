import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { AssignDocument, type BoardIncidentFragment, type BoardSessionFragment } from '../../generated/graphql';
import { Failed } from '../api/failure';
import { giveJob } from './assigning';
import type { Board } from './board';
import { INITIAL, reduce, type Rows } from './boardState';
import { ClientTokens } from './clientTokens';

const incident = (version: number) => ({ id: 'i', status: 'REPORTED', version }) as BoardIncidentFragment;
const session = (id: string, vendorId: string, version: number, ended = false) =>
  ({ id, status: ended ? 'CANCELLED' : 'ASSIGNED', endedAt: ended ? '2026-03-21T12:09:00Z' : null, startedAt: `2026-03-21T12:0${version}:00Z`, version, vendor: { id: vendorId }, incident: incident(version) }) as BoardSessionFragment;

/** A board whose service cancels any session, and gives the job after so many lost answers. */
class Service {
  readonly state = signal(reduce(INITIAL, { type: 'wrote', rows: { incidents: [incident(1)], sessions: [session('old', 'v1', 1)] } }));
  readonly cancelled: string[] = [];
  readonly tokens: string[] = [];

  constructor(private lost: number) {}

  readonly wrote = (rows: Rows): void => {
    this.state.value = reduce(this.state.value, { type: 'wrote', rows });
  };

  readonly ask = (async (document: unknown, { input }: { input: { sessionId: string; clientToken: string } }) => {
    if (document !== AssignDocument) {
      this.cancelled.push(input.sessionId);
      return { updateSessionStatus: session(input.sessionId, 'v1', 2, true) };
    }
    this.tokens.push(input.clientToken);
    if (this.lost-- > 0) {
      throw new Failed({ kind: 'lost' });
    }
    return { startTrackingSession: session('new', 'v2', 3) };
  }) as unknown as Board['ask'];
}

describe('a job that is given to another vendor', () => {
  it('is taken from the first one', async () => {
    const service = new Service(0);
    await giveJob(service, new ClientTokens(), 'i', 'v2');
    expect([service.cancelled, service.tokens.length]).toEqual([['old'], 1]);
  });

  it('has the same token when the answer was lost and it is tried again', async () => {
    const service = new Service(1);
    const tokens = new ClientTokens();
    await expect(giveJob(service, tokens, 'i', 'v2')).rejects.toThrow('lost');
    await giveJob(service, tokens, 'i', 'v2');
    expect(service.cancelled).toEqual(['old']);
    expect(service.tokens.length).toBe(2);
    expect(new Set(service.tokens).size).toBe(1);
  });

  it('stays with who has it, where the answer was lost and the stream has told so', async () => {
    const service = new Service(1);
    const tokens = new ClientTokens();
    await expect(giveJob(service, tokens, 'i', 'v2')).rejects.toThrow('lost');
    service.wrote({ sessions: [session('new', 'v2', 3)] });
    await giveJob(service, tokens, 'i', 'v2');
    expect([service.cancelled, service.tokens.length]).toEqual([['old'], 1]);
  });
});
