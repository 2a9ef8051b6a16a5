import { createGraphiQLFetcher, isAsyncIterable, type Fetcher, type FetcherParams } from '@graphiql/toolkit';
import { getOperationAST, type DocumentNode } from 'graphql';
import { fillIn, remember } from './memory';
import { follow } from './follow';

type Answer = { data?: unknown };

const URL_OF_API = '/graphql';

/** Sends operations to the service: subscriptions over a WebSocket, all else by POST; and fills in what an earlier step has made. */
export function journeyFetcher(): Fetcher {
  const post = createGraphiQLFetcher({ url: URL_OF_API, enableIncrementalDelivery: false });
  return async (operation, options) => {
    const filled = { ...operation, variables: await fillIn(operation.variables) };
    if (isSubscription(filled, options?.documentAST)) {
      return follow(URL_OF_API, filled, options?.headers ?? {});
    }
    const answer = await post(filled, options);
    if (!isAsyncIterable(answer)) {
      remember((answer as Answer).data);
    }
    return answer;
  };
}

function isSubscription({ operationName }: FetcherParams, document: DocumentNode | undefined): boolean {
  return document !== undefined && getOperationAST(document, operationName)?.operation === 'subscription';
}
