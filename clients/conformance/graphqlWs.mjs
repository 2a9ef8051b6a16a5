// The public client of GraphQL over WebSocket against a running service: node graphqlWs.mjs http://127.0.0.1:8080/graphql
import assert from 'node:assert/strict';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { check } from '../lib/checks.mjs';

const url = process.argv[2].replace(/^http/, 'ws');

const WATCH = 'subscription($id: ID!) { onTrackingUpdated(sessionId: $id) { kind sequence status } }';

/** Runs something with a client, and ends the client's connection with it. */
async function withClient(run, options = {}) {
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, lazy: true, ...options });
  try {
    return await run(client);
  } finally {
    await client.dispose();
  }
}

/** Every result until the operation is complete and what `onResult` has begun is done, which ends it well, or fails. */
function results(client, request, onResult = () => {}) {
  return new Promise((resolve, reject) => {
    const all = [];
    const begun = [];
    client.subscribe(request, {
      next: (result) => {
        all.push(result);
        begun.push(onResult(result));
      },
      error: reject,
      complete: () => Promise.all(begun).then(() => resolve(all), reject),
    });
  });
}

async function run(client, query, variables) {
  const [{ data, errors }] = await results(client, { query, variables });
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

async function startedSession(client) {
  const { registerVendor } = await run(
    client,
    `mutation { registerVendor(input: {name: "WS", capabilities: [TOWING], position: {latitude: 1, longitude: 1}}) { id } }`,
  );
  const { createIncident } = await run(
    client,
    'mutation { createIncident(input: {kind: TIRE, position: {latitude: 1, longitude: 1}}) { id } }',
  );
  const { startTrackingSession } = await run(
    client,
    'mutation($input: StartTrackingSessionInput!) { startTrackingSession(input: $input) { id } }',
    { input: { incidentId: createIncident.id, vendorId: registerVendor.id } },
  );
  return startTrackingSession.id;
}

const advance = (client, id, status) =>
  run(client, 'mutation($input: UpdateSessionStatusInput!) { updateSessionStatus(input: $input) { id } }', {
    input: { sessionId: id, status },
  });

await check('answers a query with one result', () =>
  withClient(async (client) => {
    const [{ data }, ...more] = await results(client, { query: '{ __typename }' });
    assert.deepEqual(data, { __typename: 'Query' });
    assert.deepEqual(more, []);
  }),
);

await check('follows a session from its snapshot to its end', () =>
  withClient(async (client) => {
    const id = await startedSession(client);
    const seen = [];
    await results(client, { query: WATCH, variables: { id } }, ({ data }) => {
      const { kind, sequence } = data.onTrackingUpdated;
      seen.push([kind, sequence]);
      const step = ['EN_ROUTE', 'ARRIVED', 'COMPLETED'][sequence - 1];
      return step && advance(client, id, step);
    });
    assert.deepEqual(seen, [
      ['SNAPSHOT', 1],
      ['STATUS', 2],
      ['STATUS', 3],
      ['ENDED', 4],
    ]);
  }),
);

await check('leaves a stream when the client does, and keeps the connection', () =>
  withClient(async (client) => {
    const id = await startedSession(client);
    for await (const { data } of client.iterate({ query: WATCH, variables: { id } })) {
      assert.equal(data.onTrackingUpdated.kind, 'SNAPSHOT');
      break;
    }
    await advance(client, id, 'CANCELLED');
  }),
);

await check('tells what is wrong as an error of the operation', () =>
  withClient(async (client) => {
    const failure = (query, variables) => results(client, { query, variables }).then(assert.fail, (errors) => errors[0]);

    assert.equal((await failure('subscription { nothing }')).extensions.code, 'BAD_INPUT');
    assert.equal((await failure(WATCH, { id: {} })).extensions.argument, 'sessionId');
    const missing = await failure(WATCH, { id: 'there-is-none' });
    assert.equal(missing.extensions.code, 'NOT_FOUND');
    assert.ok(missing.extensions.correlationId);
  }),
);

await check('closes the connection of a client whose connection_init has a wrong value', () =>
  withClient(
    async (client) => {
      const close = await results(client, { query: '{ __typename }' }).then(assert.fail, (event) => event);
      assert.equal(close.code, 4400);
      assert.match(close.reason, /^`X-Towline-Local-Role` must be one of /);
    },
    { connectionParams: { 'X-Towline-Local-Role': 'nobody' } },
  ),
);

await check('begins anew with a snapshot when a connection was lost', () =>
  withClient(
    async (client) => {
      const id = await startedSession(client);
      const kinds = [];
      await results(client, { query: WATCH, variables: { id } }, ({ data }) => {
        kinds.push(data.onTrackingUpdated.kind);
        if (kinds.length === 1) client.terminate();
        return kinds.length === 2 && advance(client, id, 'COMPLETED');
      });
      assert.deepEqual(kinds, ['SNAPSHOT', 'SNAPSHOT', 'ENDED']);
    },
    { retryAttempts: 1, retryWait: async () => {} },
  ),
);

await check('is spoken to without compression, whatever it offers', async () => {
  const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: true });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  assert.equal(socket.extensions, '');
  socket.terminate();
});

await check('answers the pings of a client', () => {
  let pong;
  const answered = new Promise((resolve) => (pong = resolve));
  return withClient(
    async (client) => {
      client.on('pong', (received) => received && pong());
      await run(client, '{ __typename }');
      await answered;
    },
    { lazy: false, keepAlive: 50 },
  );
});
