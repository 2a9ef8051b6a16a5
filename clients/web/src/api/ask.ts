import type { TypedDocumentString } from '../../generated/graphql';
import { serverClock } from './clock';
import type { Credentials } from './credentials';
import { Failed, failureOfErrors, failureOfStatus, type GraphQlError } from './failure';

export const ENDPOINT = '/graphql';

const PATIENCE_MS = 15_000;

/** What the cache did for one field of an answer. See infra-notes/cache.md. */
export interface CacheLookup {
  readonly result: 'hit' | 'miss' | 'stale' | 'renewed' | 'bypass';
  readonly reason: string | null;
  readonly tier: 'l1' | 'l2' | 'request' | 'store' | 'flight' | null;
  readonly ageMs: number | null;
}

/** By the path of the field, such as `/listTrackingSessions/edges[0]/node/vendor`. */
export type CacheReport = Readonly<Record<string, CacheLookup>>;

interface GraphQlAnswer<T> {
  readonly data?: T | null;
  readonly errors?: GraphQlError[];
  readonly extensions?: { readonly cache?: CacheReport };
}

/**
 * Runs a query or a mutation, once more with another credential if the service does not take the present one. Throws `Failed`.
 *
 * @param reported is told what the cache did for it, if the viewer may know
 */
export async function ask<T, V>(
  document: TypedDocumentString<T, V>,
  variables: V,
  credentials: Credentials,
  reported?: (report: CacheReport) => void,
): Promise<T> {
  try {
    return await askOnce(document, variables, credentials, reported);
  } catch (problem) {
    const failure = problem instanceof Failed ? problem.failure : null;
    if (failure?.kind === 'refused' && !failure.forbidden && (await credentials.renew())) {
      return await askOnce(document, variables, credentials, reported);
    }
    throw problem;
  }
}

async function askOnce<T, V>(
  document: TypedDocumentString<T, V>,
  variables: V,
  credentials: Credentials,
  reported?: (report: CacheReport) => void,
): Promise<T> {
  const sentMs = Date.now();
  const asking = reported && { headers: () => ({ ...credentials.headers(), 'X-Towline-Cache-Report': '1' }) };
  const response = await post(document, variables, asking ?? credentials, 'application/json', AbortSignal.timeout(PATIENCE_MS));
  serverClock.learn(response.headers.get('date'), sentMs, Date.now());
  const { data, errors, extensions } = await answerOf<T>(response);
  if (extensions?.cache) {
    reported?.(extensions.cache);
  }
  if (errors?.length || !data) {
    throw new Failed(failureOfErrors(errors ?? []));
  }
  return data;
}

/** Sends an operation. Throws `Failed` if nothing comes back. */
export async function post<T, V>(
  document: TypedDocumentString<T, V>,
  variables: V,
  credentials: Pick<Credentials, 'headers'>,
  accept: string,
  signal: AbortSignal,
): Promise<Response> {
  try {
    return await fetch(ENDPOINT, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, ...credentials.headers() },
      body: JSON.stringify({ query: document.toString(), variables }),
      referrerPolicy: 'no-referrer',
      signal,
    });
  } catch {
    throw new Failed({ kind: 'lost' });
  }
}

/** The answer in JSON. Throws `Failed` if it is not GraphQL's. */
export async function answerOf<T>(response: Response): Promise<GraphQlAnswer<T>> {
  let answer: GraphQlAnswer<T> | null = null;
  try {
    answer = await response.json();
  } catch {
    // a page of a proxy, or cut off
  }
  if (!answer || (!answer.data && !answer.errors)) {
    throw new Failed(response.ok ? { kind: 'lost' } : failureOfStatus(response.status, response.headers.get('retry-after')));
  }
  return answer;
}
