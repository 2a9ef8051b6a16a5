import type { ExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';
import type { FetcherParams } from '@graphiql/toolkit';

/**
 * Runs a subscription over graphql-transport-ws, on a connection of its own that ends with it: the headers of the editor go into
 * `connection_init`, where the service looks for them, and may differ from one subscription to the next.
 */
export function follow(
  path: string,
  operation: FetcherParams,
  headers: Record<string, unknown>,
): AsyncIterableIterator<ExecutionResult> {
  const client = createClient({ url: webSocketUrl(path), connectionParams: headers });
  const updates = client.iterate({ ...operation, operationName: operation.operationName ?? undefined });
  // not a generator: its return() would wait for the next update, and "stop" with it
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () =>
      updates.next().catch((failure: unknown) => {
        throw readable(failure);
      }) as Promise<IteratorResult<ExecutionResult>>,
    return: async () => {
      await updates.return?.();
      await client.dispose();
      return { done: true, value: undefined };
    },
  };
}

function webSocketUrl(path: string): string {
  const url = new URL(path, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/** A closed socket tells by an event, which GraphiQL would show as `{"isTrusted": true}`. */
function readable(failure: unknown): unknown {
  return failure instanceof CloseEvent
    ? new Error(`The connection was closed: ${failure.code} ${failure.reason}`.trim())
    : failure;
}
