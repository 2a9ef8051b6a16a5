import type { TypedDocumentString } from '../../generated/graphql';
import { serverClock } from './clock';
import type { Credentials } from './credentials';
import { Failed, failureOfErrors, failureOfStatus, type GraphQlError } from './failure';

export const ENDPOINT = '/graphql';

const PATIENCE_MS = 15_000;

/** Runs a query or a mutation, once more with another credential if the service does not take the present one. Throws `Failed`. */
export async function ask<T, V>(document: TypedDocumentString<T, V>, variables: V, credentials: Credentials): Promise<T> {
  try {
    return await askOnce(document, variables, credentials);
  } catch (problem) {
    const failure = problem instanceof Failed ? problem.failure : null;
    if (failure?.kind === 'refused' && !failure.forbidden && (await credentials.renew())) {
      return await askOnce(document, variables, credentials);
    }
    throw problem;
  }
}

async function askOnce<T, V>(document: TypedDocumentString<T, V>, variables: V, credentials: Credentials): Promise<T> {
  const sentMs = Date.now();
  const response = await post(document, variables, credentials, 'application/json', AbortSignal.timeout(PATIENCE_MS));
  serverClock.learn(response.headers.get('date'), sentMs, Date.now());
  const { data, errors } = await answerOf<T>(response);
  if (errors?.length || !data) {
    throw new Failed(failureOfErrors(errors ?? []));
  }
  return data;
}

/** Sends an operation. Throws `Failed` if nothing comes back. */
export async function post<T, V>(
  document: TypedDocumentString<T, V>,
  variables: V,
  credentials: Credentials,
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
export async function answerOf<T>(response: Response): Promise<{ data?: T | null; errors?: GraphQlError[] }> {
  let answer: { data?: T | null; errors?: GraphQlError[] } | null = null;
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
