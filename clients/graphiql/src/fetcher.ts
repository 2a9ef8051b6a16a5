import { createGraphiQLFetcher, isAsyncIterable, type Fetcher, type FetcherParams } from '@graphiql/toolkit';
import { getOperationAST, parse, type OperationDefinitionNode } from 'graphql';
import { fillIn, remember } from './memory';
import { follow } from './follow';

type Answer = { data?: unknown };

const URL_OF_API = '/graphql';

/** Sends operations to the service: subscriptions over a WebSocket, all else by POST; and fills in what an earlier step has made. */
export function journeyFetcher(): Fetcher {
  const post = createGraphiQLFetcher({ url: URL_OF_API, enableIncrementalDelivery: false });
  return async (operation, options) => {
    const chosen = operationOf(operation);
    const filled = {
      ...operation,
      operationName: chosen?.name?.value,
      variables: await fillIn(operation.variables),
    };
    if (chosen?.operation === 'subscription') {
      return follow(URL_OF_API, filled, options?.headers ?? {});
    }
    const answer = await post(filled, options);
    if (!isAsyncIterable(answer)) {
      remember((answer as Answer).data);
    }
    return answer;
  };
}

/** What is to run. For a moment after a change of tabs GraphiQL still names the operation of the tab before. */
function operationOf({ query, operationName }: FetcherParams): OperationDefinitionNode | null | undefined {
  try {
    const document = parse(query);
    return getOperationAST(document, operationName) ?? getOperationAST(document);
  } catch {
    // for the service to say what is wrong with it
    return null;
  }
}
