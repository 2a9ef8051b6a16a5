// Watches a session with tokens that expire while it goes on: node clients/watch/expiringToken.mjs http://localhost:8080/graphql
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import { check } from '../lib/checks.mjs';
import { connectTo, watch } from './watch.mjs';

const url = process.argv[2];
const TENANT = `expiring-${crypto.randomUUID()}`;
const FIXES = 28;
const MS_BETWEEN_FIXES = 250;
const SECONDS_BETWEEN_RECORDS = 10;

async function post(path, body, headers = {}) {
  const response = await fetch(new URL(path, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return response.json();
}

const token = async (expiresInSeconds) =>
  (await post('/local/token', { role: 'DISPATCHER', subject: 'dora', tenant: TENANT, expiresInSeconds })).token;

const ofTheDriver = { authorization: `Bearer ${await token(600)}` };

async function run(query, variables) {
  const { data, errors } = await post(url, { query, variables }, ofTheDriver);
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

/** A session that began an hour ago. */
async function startedSession() {
  const { registerVendor, createIncident } = await run(`mutation {
    registerVendor(input: {name: "Expiring", capabilities: [TOWING], position: {latitude: 1, longitude: 1}}) { id }
    createIncident(input: {kind: TIRE, position: {latitude: 1.1, longitude: 1}}) { id }
  }`);
  const startedAt = new Date(Date.now() - 3_600_000);
  const { startTrackingSession } = await run(
    'mutation($input: StartTrackingSessionInput!) { startTrackingSession(input: $input) { id } }',
    { input: { incidentId: createIncident.id, vendorId: registerVendor.id, startedAt: startedAt.toISOString() } },
  );
  return { id: startTrackingSession.id, startedAt };
}

/** Sends fixes that are far enough apart to have a place in the trail, and ends the session. */
async function drive({ id, startedAt }) {
  for (let i = 1; i <= FIXES; i++) {
    const recordedAt = new Date(startedAt.getTime() + i * SECONDS_BETWEEN_RECORDS * 1000).toISOString();
    const location = { latitude: 1 + i * 0.002, longitude: 1, recordedAt };
    const { updateLocation } = await run(
      'mutation($input: UpdateLocationInput!) { updateLocation(input: $input) { outcome } }',
      { input: { sessionId: id, location } },
    );
    assert.equal(updateLocation.outcome, 'STORED');
    await sleep(MS_BETWEEN_FIXES);
  }
  await run('mutation($input: UpdateSessionStatusInput!) { updateSessionStatus(input: $input) { id } }', {
    input: { sessionId: id, status: 'COMPLETED' },
  });
}

await check(
  'comes back with a new token each time one expires, without a gap or a repeat',
  async () => {
    const session = await startedSession();
    const closes = [];
    const client = connectTo([url.replace(/^http/, 'ws')], {
      webSocketImpl: WebSocket,
      connectionParams: async () => ({ Authorization: `Bearer ${await token(2)}` }),
    });
    client.on('closed', ({ code }) => closes.push(code));
    const sequences = [];
    let driving;
    for await (const { sequence, missed } of watch(client, session.id)) {
      driving ??= drive(session);
      assert.ok(!missed, `missed ${missed}`);
      sequences.push(sequence);
    }
    await driving;
    await client.dispose();
    assert.deepEqual(
      sequences,
      Array.from({ length: FIXES + 2 }, (_, i) => i + 1),
    );
    assert.ok(closes.filter((code) => code === 4403).length >= 2, `closed with ${closes}`);
  },
  60,
);

await check('gives up when the new token has expired, too', async () => {
  const session = await startedSession();
  const old = await token(1);
  const client = connectTo([url.replace(/^http/, 'ws')], {
    webSocketImpl: WebSocket,
    connectionParams: { authorization: old },
  });
  await assert.rejects(
    async () => {
      for await (const update of watch(client, session.id)) assert.equal(update.kind, 'SNAPSHOT');
    },
    ({ code }) => code === 4401,
  );
});
