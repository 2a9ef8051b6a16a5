// Public clients with tokens against the embedded stack: node tokens.mjs http://127.0.0.1:8080/graphql
import assert from 'node:assert/strict';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client/core/index.js';
import { SetContextLink } from '@apollo/client/link/context/index.js';
import { createClient } from 'graphql-sse';
import { check } from '../lib/checks.mjs';

const url = process.argv[2];
const TENANT = `clients-${crypto.randomUUID()}`;

async function token(expiresInSeconds = 60) {
  const response = await fetch(new URL('/local/token', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'DISPATCHER', subject: 'dora', tenant: TENANT, expiresInSeconds }),
  });
  return (await response.json()).token;
}

/** Apollo Client as its documentation shows authentication. */
function apollo(getToken) {
  const authenticated = new SetContextLink(async ({ headers }) => ({
    headers: { ...headers, authorization: `Bearer ${await getToken()}` },
  }));
  return new ApolloClient({
    link: ApolloLink.from([authenticated, new HttpLink({ uri: url })]),
    cache: new InMemoryCache(),
  });
}

await check('Apollo Client sends queries and mutations with a token', async () => {
  const client = apollo(token);
  const { data: made } = await client.mutate({
    mutation: gql`
      mutation {
        createIncident(input: { kind: TIRE, position: { latitude: 1, longitude: 2 } }) {
          id
        }
      }
    `,
  });
  const { data } = await client.query({
    query: gql`
      {
        listIncidents {
          edges {
            node {
              id
            }
          }
        }
      }
    `,
  });
  assert.deepEqual(
    data.listIncidents.edges.map(({ node }) => node.id),
    [made.createIncident.id],
  );
});

await check('Apollo Client reads the code of a refusal', () =>
  assert.rejects(
    apollo(() => 'garbage').query({
      query: gql`
        {
          listIncidents {
            edges {
              cursor
            }
          }
        }
      `,
    }),
    ({ errors }) => errors[0].extensions.code === 'UNAUTHENTICATED',
  ),
);

await check('the client of graphql-sse learns that its token has ended, and comes back with a new one', async () => {
  const client = createClient({ url, retryAttempts: 0, headers: async () => ({ authorization: `Bearer ${await token(2)}` }) });
  for (let connection = 0; connection < 2; connection++) {
    const results = [];
    for await (const result of client.iterate({ query: 'subscription { onDispatchChanged { kind } }' })) {
      results.push(result);
    }
    assert.equal(results[0].data.onDispatchChanged.kind, 'RESET');
    assert.equal(results.at(-1).errors[0].extensions.code, 'UNAUTHENTICATED');
  }
});
