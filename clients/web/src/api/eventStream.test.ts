import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TypedDocumentString } from '../../generated/graphql';
import { shareLink } from './credentials';
import { eventStreamTransport } from './eventStream';
import type { Failure } from './failure';

const DOCUMENT = 'subscription { tick }' as unknown as TypedDocumentString<{ tick: number }, { after: number }>;

afterEach(() => void vi.unstubAllGlobals());

/** What a stream tells when the service answers so. */
async function stream(answer: () => Response | Promise<Response>) {
  const told: unknown[] = [];
  const fetched = vi.fn(async () => answer());
  vi.stubGlobal('fetch', fetched);
  const failure = await new Promise<Failure | null>((resolve) => {
    eventStreamTransport(shareLink('secret')).subscribe(DOCUMENT, { after: 3 }, {
      opened: () => void told.push('opened'),
      item: ({ tick }) => void told.push(tick),
      ended: resolve,
    });
  });
  const [url, request] = fetched.mock.calls[0] as unknown as [string, RequestInit];
  return { told, failure, url, request };
}

const events = (text: string) => () => new Response(text, { headers: { 'content-type': 'text/event-stream' } });
const next = (tick: number) => `event: next\ndata: {"data":{"tick":${tick}}}\n\n`;

describe('an event stream', () => {
  it('tells items to the end', async () => {
    const { told, failure } = await stream(events(`:\n\n${next(1)}${next(2)}event: complete\ndata:\n\n`));
    expect([told, failure]).toEqual([['opened', 1, 2], null]);
  });

  it('is lost when it breaks off, until the time that the service asks for', async () => {
    expect((await stream(events(next(1)))).failure).toEqual({ kind: 'lost' });
    expect((await stream(events(`${next(1)}retry: 1234\n\n`))).failure).toEqual({ kind: 'lost', retryAfterMs: 1234 });
  });

  it('says why it did not begin', async () => {
    const refused = () => Response.json({ errors: [{ message: 'No', extensions: { code: 'UNAUTHENTICATED' } }] }, { status: 401 });
    expect((await stream(refused)).failure).toEqual({ kind: 'refused' });
    expect((await stream(events('event: next\ndata: {"errors":[{"message":"No","extensions":{"code":"NOT_FOUND"}}]}\n\n'))).failure).toEqual({ kind: 'absent' });
    expect((await stream(() => new Response('<html>', { status: 502 }))).failure).toEqual({ kind: 'lost' });
    expect((await stream(() => Promise.reject(new TypeError('network')))).failure).toEqual({ kind: 'lost' });
  });

  it('sends the secret in a header, and in no address', async () => {
    const { url, request } = await stream(events(''));
    expect(request.headers).toMatchObject({ 'X-Towline-Share': 'secret', accept: 'text/event-stream' });
    expect(url).toBe('/graphql');
    expect(JSON.parse(String(request.body)).variables).toEqual({ after: 3 });
    expect(String(request.body)).not.toContain('secret');
  });
});
