// Apollo Client with persisted queries against a running service: node persisted.mjs http://127.0.0.1:8080/graphql
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client/core/index.js';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries/index.js';
import { check } from '../lib/checks.mjs';

const url = process.argv[2];

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** A client, and the requests that it has sent. */
function apollo(options) {
  const sent = [];
  const fetch = async (uri, init) => {
    const parameters = init.body ? JSON.parse(init.body) : Object.fromEntries(new URL(uri).searchParams);
    const response = await globalThis.fetch(uri, init);
    sent.push({ method: init.method, hasQuery: 'query' in parameters, status: response.status, headers: response.headers });
    return response;
  };
  const link = ApolloLink.from([new PersistedQueryLink({ sha256, ...options }), new HttpLink({ uri: url, fetch })]);
  return { client: new ApolloClient({ link, cache: new InMemoryCache() }), sent };
}

/** A query that the service has never seen, because of its name. */
const unique = () => gql(`query N${crypto.randomUUID().replaceAll('-', '')} { listIncidents { edges { node { id } } } }`);

async function ask({ client }, query) {
  const { data } = await client.query({ query, fetchPolicy: 'network-only' });
  assert.ok(Array.isArray(data.listIncidents.edges));
}

const requests = ({ sent }) => sent.map(({ method, hasQuery }) => `${method} ${hasQuery ? 'query' : 'hash'}`);

await check('learns a query by POST, and then takes its hash from every client', async () => {
  const query = unique();
  const first = apollo();
  await ask(first, query);
  await ask(first, query);
  assert.deepEqual(requests(first), ['POST hash', 'POST query', 'POST hash']);
  const second = apollo();
  await ask(second, query);
  assert.deepEqual(requests(second), ['POST hash']);
});

await check('answers a hash by GET so that an HTTP cache can keep it', async () => {
  const query = unique();
  const apolloByGet = apollo({ useGETForHashedQueries: true });
  await ask(apolloByGet, query);
  await ask(apolloByGet, query);
  const last = apolloByGet.sent.at(-1);
  assert.equal(last.method, 'GET');
  assert.equal(last.hasQuery, false);
  assert.equal(last.status, 200);
  assert.ok(last.headers.get('etag'));
  assert.equal(last.headers.get('cache-control'), 'private, no-cache');
});

await check('tells what is wrong with a query, and learns nothing', async () => {
  const wrong = gql`
    query Wrong {
      nothing
    }
  `;
  const client = apollo();
  for (let i = 0; i < 2; i++) {
    await assert.rejects(client.client.query({ query: wrong, fetchPolicy: 'network-only' }), /nothing/);
  }
  assert.deepEqual(requests(client), ['POST hash', 'POST query', 'POST hash', 'POST query']);
});
