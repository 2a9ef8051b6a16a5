// The schema's download, read by the reference implementation: node schema.mjs http://127.0.0.1:8080/graphql
import assert from 'node:assert/strict';
import { buildSchema, getIntrospectionQuery, buildClientSchema, lexicographicSortSchema, printType } from 'graphql';
import { check } from '../lib/checks.mjs';

const [url] = process.argv.slice(2);

const download = async () => {
  const response = await fetch(`${url}/schema.graphql`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'text/plain;charset=UTF-8');
  return response.text();
};

await check('is read by graphql-js, with its descriptions and directives', async () => {
  const schema = buildSchema(await download());
  assert.ok(schema.getDirective('cache'));
  const { getVendor } = schema.getQueryType().getFields();
  assert.ok(getVendor.description);
  assert.ok(getVendor.astNode.directives.some(({ name }) => name.value === 'cache'));
});

await check('says of types and fields what introspection says', async () => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }) }),
  });
  const { data } = await response.json();
  const types = (schema) =>
    Object.values(lexicographicSortSchema(schema).getTypeMap())
      .filter(({ name }) => !name.startsWith('__'))
      .map(printType);
  assert.deepEqual(types(buildSchema(await download())), types(buildClientSchema(data)));
});

await check('has every definition before its extensions', async () => {
  const kinds = (await download()).match(/^(extend )?(type|input|enum|interface|union|scalar|directive) /gm);
  const extensions = kinds.map((kind) => kind.startsWith('extend'));
  assert.ok(extensions.includes(true));
  assert.deepEqual(extensions, extensions.toSorted());
});
