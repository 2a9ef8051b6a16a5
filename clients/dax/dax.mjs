// The JavaScript client of DAX against a running endpoint: node dax.mjs dax://127.0.0.1:8111 <table with id:S> <table with id:S, at:N and by-kind>
import assert from 'node:assert/strict';
import { DaxDocument } from '@amazon-dax-sdk/lib-dax';
import { check } from '../lib/checks.mjs';

const [url, plain, ranged] = process.argv.slice(2);
const client = new DaxDocument({
  endpoints: [url],
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

const put = (table, item) => client.put({ TableName: table, Item: item });
const get = async (table, key, more) => (await client.get({ TableName: table, Key: key, ...more })).Item;

async function failure(promise) {
  return promise.then(
    () => assert.fail('did not fail'),
    (error) => error,
  );
}

await check('carries values of all types', async () => {
  const item = {
    id: 'js-types',
    text: 'ünïcode 🚀',
    integer: 42,
    fraction: -0.00123,
    binary: Buffer.from([0, 255, 127]),
    yes: true,
    nothing: null,
    list: ['a', 1, []],
    map: { inner: { x: 7 } },
    strings: new Set(['a', 'b']),
    numbers: new Set([1.5, 2]),
  };
  await put(plain, item);
  const read = await get(plain, { id: 'js-types' });
  assert.deepEqual(read, item);
});

await check('reads nothing for a key that is not there', async () => {
  assert.equal(await get(plain, { id: 'js-nobody' }), undefined);
});

await check('applies projections', async () => {
  await put(plain, { id: 'js-projected', list: ['zero', { x: 1, y: 2 }], map: { 'a.b': 'dot', c: 'c' } });
  const read = await get(
    plain,
    { id: 'js-projected' },
    { ProjectionExpression: '#l[1].y, #m.#ab', ExpressionAttributeNames: { '#l': 'list', '#m': 'map', '#ab': 'a.b' } },
  );
  assert.deepEqual(read, { list: [{ y: 2 }], map: { 'a.b': 'dot' } });
});

await check('updates and deletes under conditions', async () => {
  await put(plain, { id: 'js-updated', count: 1 });
  const update = (values) =>
    client.update({
      TableName: plain,
      Key: { id: 'js-updated' },
      UpdateExpression: 'SET #c = #c + :one, fresh = if_not_exists(fresh, :list) REMOVE gone',
      ConditionExpression: '#c = :expected AND (attribute_exists(id) OR NOT contains(#c, :one))',
      ExpressionAttributeNames: { '#c': 'count' },
      ExpressionAttributeValues: { ':one': 1, ':list': [], ...values },
      ReturnValues: 'UPDATED_NEW',
    });
  assert.deepEqual((await update({ ':expected': 1 })).Attributes, { count: 2, fresh: [] });
  assert.equal((await failure(update({ ':expected': 1 }))).code, 'ConditionalCheckFailedException');
  const deleted = await client.delete({ TableName: plain, Key: { id: 'js-updated' }, ReturnValues: 'ALL_OLD' });
  assert.deepEqual(deleted.Attributes, { id: 'js-updated', count: 2, fresh: [] });
});

await check('tells that there is no such table', async () => {
  assert.equal((await failure(get('js-no-table', { id: 'a' }))).code, 'ResourceNotFoundException');
});

await check('pages through queries, indexes and scans', async () => {
  for (let i = 0; i < 5; i++) await put(ranged, { id: 'js-pages', at: i - 2.5, kind: 'js', rank: i % 2 });
  const all = async (operation, parameters) => {
    const items = [];
    let start;
    do {
      const page = await client[operation]({ TableName: ranged, Limit: 2, ExclusiveStartKey: start, ...parameters });
      items.push(...page.Items);
      start = page.LastEvaluatedKey;
    } while (start);
    return items;
  };
  const byKey = { KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': 'js-pages' } };
  const places = (items) => items.map((item) => item.at);
  assert.deepEqual(places(await all('query', { ...byKey, ScanIndexForward: false })), [1.5, 0.5, -0.5, -1.5, -2.5]);
  const byKind = { KeyConditionExpression: 'kind = :k', ExpressionAttributeValues: { ':k': 'js' } };
  assert.equal((await all('query', { ...byKind, IndexName: 'by-kind' })).length, 5);
  assert.equal(
    (await all('scan', { FilterExpression: 'kind = :k', ExpressionAttributeValues: { ':k': 'js' } })).length,
    5,
  );
});

await check('reads and writes in batches', async () => {
  await client.batchWrite({
    RequestItems: {
      [plain]: [{ PutRequest: { Item: { id: 'js-b1', v: 1 } } }, { DeleteRequest: { Key: { id: 'js-b2' } } }],
      [ranged]: [{ PutRequest: { Item: { id: 'js-b1', at: -1.5, v: 'x' } } }],
    },
  });
  const { Responses } = await client.batchGet({
    RequestItems: {
      [plain]: { Keys: [{ id: 'js-b1' }, { id: 'js-b2' }] },
      [ranged]: { Keys: [{ id: 'js-b1', at: -1.5 }], ProjectionExpression: 'v' },
    },
  });
  assert.deepEqual(Responses, { [plain]: [{ id: 'js-b1', v: 1 }], [ranged]: [{ v: 'x' }] });
});

await check('reads and writes in transactions', async () => {
  await put(plain, { id: 'js-t1', v: 1 });
  const write = (expected) =>
    client.transactWrite({
      TransactItems: [
        {
          Update: {
            TableName: plain,
            Key: { id: 'js-t1' },
            UpdateExpression: 'SET v = v + :one',
            ConditionExpression: 'v = :expected',
            ExpressionAttributeValues: { ':one': 1, ':expected': expected },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
        { Put: { TableName: ranged, Item: { id: 'js-t', at: 0, v: 'new' } } },
      ],
    });
  await write(1);
  const { Responses } = await client.transactGet({
    TransactItems: [
      { Get: { TableName: plain, Key: { id: 'js-t1' } } },
      { Get: { TableName: ranged, Key: { id: 'js-t', at: 0 }, ProjectionExpression: 'v' } },
    ],
  });
  assert.deepEqual(
    Responses.map((each) => each.Item),
    [{ id: 'js-t1', v: 2 }, { v: 'new' }],
  );
  const cancelled = await failure(write(1));
  assert.equal(cancelled.code, 'TransactionCanceledException');
  // the client sends the actions by their kind, and hands out the reasons in that order
  assert.deepEqual(cancelled.cancellationReasons.map((reason) => [reason.Code, reason.Item?.v]).sort(), [
    ['ConditionalCheckFailed', { N: '2' }],
    ['None', undefined],
  ]);
});

client.destroy?.();
process.exit();
