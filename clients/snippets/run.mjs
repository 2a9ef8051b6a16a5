// Runs the snippets of clients/README.md on a running service: node run.mjs http://127.0.0.1:8080 <java> <class path of Java>
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Job } from '../browser-tests/job.mjs';
import { check } from '../lib/checks.mjs';

const [service, java, classPath] = process.argv.slice(2);

/** Inside this project, so that the snippets find its packages. */
const FOLDER = fileURLToPath(new URL('dist/', import.meta.url));

const COMMANDS = {
  bash: (code) => ['bash', ['-euc', code.startsWith('export') ? `${code}echo "$TOKEN"` : code]],
  js: (code, name) => ['node', [written(`${name}.mjs`, code)]],
  java: (code, name) => [java, ['-XX:TieredStopAtLevel=1', '-cp', classPath, written(`${/class (\w+)/.exec(code)[1]}.java`, code)]],
};

const TITLES = ['A token', 'curl', 'graphql-ws', 'Apollo Client', 'urql', 'Java'];

mkdirSync(FOLDER, { recursive: true });
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll('localhost:8080', new URL(service).host);
const tenant = `snippets-${crypto.randomUUID()}`;
const { token } = await (
  await fetch(`${service}/local/token`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ tenant }) })
).json();

await Promise.all(
  TITLES.flatMap((title) =>
    snippetsOf(title).map(({ language, code }, i) =>
      check(`${title}, snippet ${i + 1}`, async () => verify(title, code, await run(title + i, language, code)), 90),
    ),
  ),
);

function snippetsOf(title) {
  const section = new RegExp(`\n### ${title}\n(.*?)(?=\n##|$)`, 's').exec(readme)?.[1] ?? '';
  const snippets = [...section.matchAll(/```(bash|js|java)\n(.*?)```/gs)].map(([, language, code]) => ({ language, code }));
  assert.ok(snippets.length > 0, `README.md has no snippet under ${title}`);
  return snippets;
}

/** Its lines. The job that a snippet follows is completed as soon as the snippet has printed something. */
async function run(name, language, code) {
  const job = await Job.start(service, undefined, { headers: { authorization: `Bearer ${token}` } });
  await job.reach('EN_ROUTE');
  const [command, words] = COMMANDS[language](code, name.replaceAll(/\W/g, '-'));
  const running = spawn(command, words, {
    env: { ...process.env, SESSION: job.id, ...(name.startsWith('A token') ? {} : { TOKEN: token }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [printed, said] = ['', ''];
  running.stdout.once('data', () => job.reach('COMPLETED').catch((problem) => (said += problem)));
  running.stdout.on('data', (text) => (printed += text));
  running.stderr.on('data', (text) => (said += text));
  const status = await new Promise((resolve, reject) => running.on('error', reject).on('close', resolve));
  assert.equal(status, 0, said + printed);
  return printed;
}

/** Each snippet finds the vendor, or follows the job to its end, or does both. */
function verify(title, code, printed) {
  if (title === 'A token') {
    assert.match(printed, /^[\w-]+\.[\w-]+\.[\w-]+\s*$/);
    return;
  }
  const expected = [];
  if (code.includes('searchVendorsNearby')) {
    expected.push(/Lone Star Tire & Tow/);
  }
  if (code.includes('onTrackingUpdated')) {
    expected.push(/SNAPSHOT/, /COMPLETED/, /ENDED/);
  }
  assert.ok(expected.length > 0, 'a snippet that shows nothing');
  for (const each of expected) {
    assert.match(printed, each);
  }
}

function written(name, code) {
  writeFileSync(FOLDER + name, code);
  return FOLDER + name;
}
