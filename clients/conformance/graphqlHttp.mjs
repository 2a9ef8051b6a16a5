// The public audit of GraphQL over HTTP against a running service: node graphqlHttp.mjs http://127.0.0.1:8080/graphql
import { auditServer } from 'graphql-http';
import { report } from '../lib/checks.mjs';

const [url] = process.argv.slice(2);

for (const { id, name, status, reason } of await auditServer({ url })) {
  // a notice, which is a MAY that is not met, counts as a failure as well
  report(`${id} ${name}`, status === 'ok' ? null : `${status}: ${reason}`);
}
