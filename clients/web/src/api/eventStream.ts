import { createParser } from 'eventsource-parser';
import { answerOf, post } from './ask';
import type { Credentials } from './credentials';
import { Failed, failureOfErrors, type Failure } from './failure';
import { SILENCE_MS, type Sink, type Transport } from './transport';
import type { TypedDocumentString } from '../../generated/graphql';

const EVENT_STREAM = 'text/event-stream';

/** Subscriptions by server-sent events, for networks that block WebSockets. Not `EventSource`, which sends no headers. */
export function eventStreamTransport(credentials: Credentials): Transport {
  return {
    subscribe(document, variables, sink) {
      const stop = new AbortController();
      void run(document, variables, credentials, sink, stop).then((failure) => {
        if (!stop.signal.aborted) {
          stop.abort();
          sink.ended(failure);
        }
      });
      return () => stop.abort();
    },
  };
}

/** Returns how it ended: `null` for a complete stream. */
async function run<T, V>(
  document: TypedDocumentString<T, V>,
  variables: V,
  credentials: Credentials,
  sink: Sink<T>,
  stop: AbortController,
): Promise<Failure | null> {
  try {
    const response = await post(document, variables, credentials, EVENT_STREAM, stop.signal);
    if (!response.headers.get('content-type')?.startsWith(EVENT_STREAM)) {
      const { errors } = await answerOf<T>(response);
      return failureOfErrors(errors ?? []);
    }
    sink.opened();
    return await read(response.body!, sink, stop.signal);
  } catch (problem) {
    return problem instanceof Failed ? problem.failure : { kind: 'lost' };
  }
}

async function read<T>(body: ReadableStream<Uint8Array>, sink: Sink<T>, stop: AbortSignal): Promise<Failure | null> {
  let end: Failure | null | undefined;
  let retryAfterMs: number | undefined;
  const parser = createParser({
    onRetry: (ms) => (retryAfterMs = ms),
    onEvent: ({ event, data }) => {
      if (end !== undefined || stop.aborted) {
        return;
      }
      if (event === 'complete') {
        end = null;
      } else if (event === 'next') {
        const { data: item, errors } = JSON.parse(data);
        item ? sink.item(item) : (end = failureOfErrors(errors ?? []));
      }
    },
  });
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    while (end === undefined) {
      const { done, value } = await heard(reader.read());
      if (done) {
        return { kind: 'lost', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
      }
      parser.feed(decoder.decode(value, { stream: true }));
    }
    return end;
  } finally {
    void reader.cancel().catch(() => {});
  }
}

/** Fails when the other side has been silent for too long. */
async function heard<R>(reading: Promise<R>): Promise<R> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silent = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Failed({ kind: 'lost' })), SILENCE_MS);
  });
  try {
    return await Promise.race([reading, silent]);
  } finally {
    clearTimeout(timer);
  }
}
