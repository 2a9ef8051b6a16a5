// The public client of GraphQL over SSE against a running service: node graphqlSse.mjs http://127.0.0.1:8080/graphql
import assert from 'node:assert/strict';
import { createClient } from 'graphql-sse';
import { check } from '../lib/checks.mjs';

const [url] = process.argv.slice(2);

const WATCH = 'subscription($id: ID!) { onTrackingUpdated(sessionId: $id) { kind sequence status } }';

/** Every result until the stream is complete, which ends it well, or fails. */
function results(request, onResult = () => {}, options = {}) {
  const client = createClient({ url, retryAttempts: 0, ...options });
  return new Promise((resolve, reject) => {
    const all = [];
    client.subscribe(request, {
      next: (result) => {
        all.push(result);
        onResult(result);
      },
      error: reject,
      complete: () => resolve(all),
    });
  });
}

async function run(query, variables) {
  const [{ data, errors }] = await results({ query, variables });
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

async function startedSession() {
  const { registerVendor } = await run(
    `mutation { registerVendor(input: {name: "SSE", capabilities: [TOWING], position: {latitude: 1, longitude: 1}}) { id } }`,
  );
  const { createIncident } = await run(
    'mutation { createIncident(input: {kind: TIRE, position: {latitude: 1, longitude: 1}}) { id } }',
  );
  const { startTrackingSession } = await run(
    'mutation($input: StartTrackingSessionInput!) { startTrackingSession(input: $input) { id } }',
    { input: { incidentId: createIncident.id, vendorId: registerVendor.id } },
  );
  return startTrackingSession.id;
}

const advance = (id, status) =>
  run('mutation($input: UpdateSessionStatusInput!) { updateSessionStatus(input: $input) { id } }', {
    input: { sessionId: id, status },
  });

await check('answers a query with one next event', async () => {
  const [{ data }, ...more] = await results({ query: '{ __typename }' });
  assert.deepEqual(data, { __typename: 'Query' });
  assert.deepEqual(more, []);
});

await check('follows a session from its snapshot to its end', async () => {
  const id = await startedSession();
  const kinds = [];
  await results({ query: WATCH, variables: { id } }, ({ data }) => {
    const { kind } = data.onTrackingUpdated;
    kinds.push(kind);
    if (kind === 'SNAPSHOT') advance(id, 'EN_ROUTE');
    if (kind === 'STATUS') advance(id, 'COMPLETED');
  });
  assert.deepEqual(kinds, ['SNAPSHOT', 'STATUS', 'ENDED']);
});

await check('leaves a stream when the client does', async () => {
  const id = await startedSession();
  const client = createClient({ url, retryAttempts: 0 });
  for await (const { data } of client.iterate({ query: WATCH, variables: { id } })) {
    assert.equal(data.onTrackingUpdated.kind, 'SNAPSHOT');
    break;
  }
  await advance(id, 'CANCELLED');
});

await check('tells a document that is not valid in a next event', async () => {
  const [{ errors, data }, ...more] = await results({ query: 'subscription { nothing }' });
  assert.equal(errors[0].extensions.code, 'BAD_INPUT');
  assert.equal(data, undefined);
  assert.deepEqual(more, []);
});

await check('tells a variable that does not fit in a next event', async () => {
  const [{ errors }] = await results({ query: WATCH, variables: { id: {} } });
  assert.equal(errors[0].extensions.code, 'BAD_INPUT');
  assert.equal(errors[0].extensions.argument, 'sessionId');
});

await check('tells what the subscription itself refuses in a next event', async () => {
  const [{ errors }, ...more] = await results({ query: WATCH, variables: { id: 'there-is-none' } });
  assert.equal(errors[0].extensions.code, 'NOT_FOUND');
  assert.ok(errors[0].extensions.correlationId);
  assert.deepEqual(more, []);
});
