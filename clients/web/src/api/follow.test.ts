import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TypedDocumentString } from '../../generated/graphql';
import { anonymous, type Credentials } from './credentials';
import type { Failure } from './failure';
import { follow } from './follow';
import { pauseMs } from './retry';
import type { Sink, Transport } from './transport';

const DOCUMENT = 'subscription' as unknown as TypedDocumentString<number, { after: number }>;
const LOST: Failure = { kind: 'lost' };

/** A transport whose connections the test drives. */
class Connections {
  readonly variables: unknown[] = [];
  sink: Sink<never> | null = null;
  closed = 0;

  readonly transport: Transport = {
    subscribe: (_document, variables, sink) => {
      this.variables.push(variables);
      this.sink = sink as unknown as Sink<never>;
      return () => void this.closed++;
    },
  };

  item(value: number): void {
    this.sink!.item(value as never);
  }
}

const told: string[] = [];
let seen = 0;

function following(connections: Connections[], credentials: Credentials = anonymous) {
  return follow<number, { after: number }>({
    document: DOCUMENT,
    variables: () => ({ after: seen }),
    credentials,
    transports: connections.map(({ transport }) => transport),
    opened: () => void told.push('opened'),
    item: (value) => void (seen = value),
    lost: () => void told.push('lost'),
    ended: (failure) => void told.push(failure ? failure.kind : 'complete'),
    random: () => 1,
  });
}

const pass = (millis: number) => vi.advanceTimersByTimeAsync(millis);

beforeEach(() => {
  vi.useFakeTimers();
  told.length = 0;
  seen = 0;
});
afterEach(() => void vi.useRealTimers());

describe('who follows a stream', () => {
  it('comes back with what was seen last', async () => {
    const socket = new Connections();
    following([socket]);
    socket.sink!.opened();
    socket.item(7);
    socket.sink!.ended(LOST);
    await pass(500);
    expect(socket.variables).toEqual([{ after: 0 }, { after: 7 }]);
    expect(told).toEqual(['opened', 'lost']);
  });

  it('waits as long as a service that stops asks for, and not less', async () => {
    const socket = new Connections();
    following([socket]);
    socket.sink!.opened();
    socket.item(1);
    socket.sink!.ended({ kind: 'lost', retryAfterMs: 4_000 });
    await pass(3_999);
    expect(socket.variables.length).toBe(1);
    await pass(1);
    expect(socket.variables.length).toBe(2);
  });

  it('waits longer with each failure, and begins anew after a success', async () => {
    const socket = new Connections();
    following([socket]);
    for (const pause of [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]) {
      const before = socket.variables.length;
      socket.sink!.ended(LOST);
      await pass(pause - 1);
      expect(socket.variables.length).toBe(before);
      await pass(1);
      expect(socket.variables.length).toBe(before + 1);
    }
    socket.sink!.opened();
    socket.item(1);
    socket.sink!.ended(LOST);
    await pass(500);
    expect(socket.variables.length).toBe(9);
  });

  it('tries event streams in turn where sockets cannot be opened', async () => {
    const [socket, events] = [new Connections(), new Connections()];
    following([socket, events]);
    for (let i = 0; i < 2; i++) {
      socket.sink!.ended(LOST);
      await pass(10_000);
    }
    expect([socket.variables.length, events.variables.length]).toEqual([2, 1]);
    events.sink!.opened();
    events.item(3);
    events.sink!.ended(LOST);
    await pass(500);
    expect([socket.variables.length, events.variables.length], 'sockets are tried first again').toEqual([3, 1]);
    expect(socket.variables.at(-1)).toEqual({ after: 3 });
  });

  it('stays with sockets for some time where they worked before, while the service is away', async () => {
    const [socket, events] = [new Connections(), new Connections()];
    following([socket, events]);
    socket.sink!.opened();
    socket.item(1);
    for (let i = 0; i < 8; i++) {
      socket.sink!.ended(LOST);
      await pass(10_000);
    }
    expect([socket.variables.length, events.variables.length]).toEqual([9, 0]);
    socket.sink!.ended(LOST);
    await pass(10_000);
    expect(events.variables.length).toBe(1);
  });

  it('comes back at once when woken', async () => {
    const socket = new Connections();
    const follower = following([socket]);
    socket.sink!.ended({ kind: 'lost', retryAfterMs: 60_000 });
    await pass(0);
    follower.wake();
    await pass(0);
    expect(socket.variables.length).toBe(2);
  });

  it('comes back with a fresh credential after a refusal, once', async () => {
    const socket = new Connections();
    const renew = vi.fn(async () => true);
    following([socket], { headers: () => ({}), renew });
    socket.sink!.ended({ kind: 'refused' });
    await pass(0);
    expect(socket.variables.length).toBe(2);
    socket.sink!.ended({ kind: 'refused' });
    await pass(60_000);
    expect(socket.variables.length).toBe(2);
    expect(renew).toHaveBeenCalledTimes(1);
    expect(told).toEqual(['lost', 'refused']);
  });

  it('comes back with another fresh credential where the connection was lost between two refusals', async () => {
    const socket = new Connections();
    const renew = vi.fn(async () => true);
    following([socket], { headers: () => ({}), renew });
    socket.sink!.ended({ kind: 'refused' });
    await pass(0);
    socket.sink!.ended(LOST);
    await pass(10_000);
    socket.sink!.ended({ kind: 'refused' });
    await pass(0);
    expect([socket.variables.length, renew.mock.calls.length]).toEqual([4, 2]);
    expect(told).toEqual(['lost', 'lost', 'lost']);
  });

  it('is only away while a fresh credential is fetched, however long that takes', async () => {
    const socket = new Connections();
    let fetched: (succeeded: boolean) => void = () => {};
    following([socket], { headers: () => ({}), renew: () => new Promise((resolve) => (fetched = resolve)) });
    socket.sink!.ended({ kind: 'refused' });
    await pass(60_000);
    expect(told).toEqual(['lost']);
    fetched(true);
    await pass(0);
    expect([socket.variables.length, told]).toEqual([2, ['lost']]);
  });

  it('says so where there is no fresh credential', async () => {
    const socket = new Connections();
    following([socket]);
    socket.sink!.ended({ kind: 'refused' });
    await pass(60_000);
    expect([socket.variables.length, told]).toEqual([1, ['lost', 'refused']]);
  });

  it.each([[{ kind: 'refused', forbidden: true }], [{ kind: 'absent' }], [{ kind: 'broken', message: '' }], [null]] as const)('does not come back after %o', async (failure) => {
    const socket = new Connections();
    following([socket]);
    socket.sink!.ended(failure);
    await pass(60_000);
    expect(socket.variables.length).toBe(1);
    expect(told).toEqual([failure ? failure.kind : 'complete']);
  });

  it('leaves nothing open when it stops', async () => {
    const socket = new Connections();
    const follower = following([socket]);
    follower.stop();
    await pass(60_000);
    expect(socket.closed).toBe(1);
    expect([socket.variables.length, told]).toEqual([1, []]);
  });
});

describe('a pause', () => {
  it('is random below its limit', () => {
    expect(pauseMs({ kind: 'lost' }, 3, 0)).toBe(0);
    expect(pauseMs({ kind: 'lost' }, 3, 0.5)).toBe(2_000);
    expect(pauseMs({ kind: 'lost' }, 100, 1)).toBe(10_000);
    expect(pauseMs({ kind: 'lost', retryAfterMs: 1234 }, 0, 0)).toBe(1234);
  });
});
