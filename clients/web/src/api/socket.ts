import { createClient } from 'graphql-ws';
import { ENDPOINT } from './ask';
import type { Credentials } from './credentials';
import { failureOfClose, failureOfErrors, type Failure } from './failure';
import { SILENCE_MS, type Transport } from './transport';

const ACKNOWLEDGED_WITHIN_MS = 10_000;

/** Subscriptions over `graphql-transport-ws`. */
export function socketTransport(credentials: Credentials): Transport {
  return {
    subscribe(document, variables, sink) {
      let silence: ReturnType<typeof setTimeout>;
      let over = false;
      const heard = () => {
        clearTimeout(silence);
        silence = setTimeout(() => client.terminate(), SILENCE_MS);
      };
      const end = (failure: Failure | null) => {
        if (!over) {
          over = true;
          clearTimeout(silence);
          void client.dispose();
          sink.ended(failure);
        }
      };
      const client = createClient({
        url: socketUrl(),
        connectionParams: () => credentials.headers(),
        connectionAckWaitTimeout: ACKNOWLEDGED_WITHIN_MS,
        // a retry of the library would send the same `after` again
        retryAttempts: 0,
        on: { connecting: heard, message: heard, connected: () => over || sink.opened() },
      });
      client.subscribe(
        { query: document.toString(), variables: variables as Record<string, unknown> },
        {
          next: ({ data, errors }) => {
            if (!over) {
              data ? sink.item(data as never) : end(failureOfErrors(errors ?? []));
            }
          },
          error: (problem) => end(failureOf(problem)),
          complete: () => end(null),
        },
      );
      return () => {
        over = true;
        clearTimeout(silence);
        void client.dispose();
      };
    },
  };
}

/** graphql-ws reports the errors of the operation, an event of the connection, or an error of its own. */
function failureOf(problem: unknown): Failure {
  if (Array.isArray(problem)) {
    return failureOfErrors(problem);
  }
  const { code, reason } = problem as { code?: number; reason?: string };
  return code === undefined ? { kind: 'lost' } : failureOfClose(code, reason ?? '');
}

function socketUrl(): string {
  const url = new URL(ENDPOINT, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  return url.href;
}
