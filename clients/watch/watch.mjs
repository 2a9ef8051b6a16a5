// Watches tracking sessions with the public client graphql-ws. Whatever happens to connections and instances, each update comes once.
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';

const WATCH = `subscription($sessionId: ID!, $after: Int, $epoch: ID) {
  onTrackingUpdated(sessionId: $sessionId, after: $after, epoch: $epoch) {
    kind sequence epoch at missed status location { latitude longitude recordedAt } eta { arrivesAt }
  }
}`;

/** The service sends a ping every 12 seconds. */
const SILENCE_MS = 30_000;
const LONGEST_PAUSE_MS = 10_000;

/** The close codes after which another attempt fails, too. After 4403, when the credentials have ended, one with new ones does not. */
const REFUSED = [4400, 4401, 4406, 4409, 4429, 4500];

/** A client that connects to the instances in turn. `options` are options of graphql-ws, such as `connectionParams`. */
export function connectTo(urls, options) {
  let connections = 0;
  let silence;
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(() => client.terminate(), SILENCE_MS);
  };
  const client = createClient({
    url: () => urls[connections++ % urls.length],
    // A retry of graphql-ws would send the same `after` again.
    retryAttempts: 0,
    on: { connecting: heard, message: heard, closed: () => clearTimeout(silence) },
    ...options,
  });
  return client;
}

/** Yields every update of a session: a snapshot and all that follows, to the end. Throws if another attempt would fail, too. */
export async function* watch(client, sessionId) {
  let last;
  for (let failures = 0; ; failures++) {
    const variables = { sessionId, after: last?.sequence, epoch: last?.epoch };
    const results = client.iterate({ query: WATCH, variables });
    try {
      for await (const { data, errors } of results) {
        if (!data) throw errors;
        last = data.onTrackingUpdated;
        failures = 0;
        yield last;
      }
      return;
    } catch (problem) {
      await sleep(retryAfterMs(problem, failures));
    } finally {
      // Otherwise graphql-ws counts a failed operation as running, and never closes the connection.
      await results.return();
    }
  }
}

/** The time that the service asks for, or a random one whose limit doubles with each failure. Throws what a retry cannot help. */
function retryAfterMs(problem, failures) {
  if (Array.isArray(problem)) {
    const { retryAfterSeconds } = problem[0].extensions;
    if (!retryAfterSeconds) throw problem;
    return retryAfterSeconds * 1000;
  }
  // A lost or refused connection is an event, except if this client ended it itself.
  if ((problem instanceof Error && problem.code !== 4499) || REFUSED.includes(problem.code)) throw problem;
  const asked = /retry after (\d+) ms/.exec(problem.reason ?? '');
  return asked ? Number(asked[1]) : Math.random() * Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures);
}
