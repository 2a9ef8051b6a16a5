// Checks how people sign in at a provider: node signin.mjs http://127.0.0.1:8080 <port of the provider> <folder for screenshots> <API key>
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { launch, visit } from './browser.mjs';
import { DispatchPage } from './dispatchPage.mjs';
import { DrivePage } from './drivePage.mjs';
import { Job } from './job.mjs';
import { areWhole, isAccessible, keptForLong, noteRefusals, PATIENCE_SECONDS, refusals } from './pages.mjs';
import { startProvider } from './provider.mjs';
import { TrackPage } from './trackPage.mjs';
import { check } from '../lib/checks.mjs';

const [service, port, screenshots, key] = process.argv.slice(2);
const TENANT = 'robots';
const VENDOR = 'v-oidc';

mkdirSync(screenshots, { recursive: true });
const browser = await launch({ graphics: true });
/** For checks in which nobody looks at the map. */
const withoutMaps = await launch();
const provider = await startProvider(
  Number(port),
  service,
  {
    dora: { role: 'DISPATCHER', tenant: TENANT },
    vera: { role: 'VENDOR', tenant: TENANT, vendor_id: VENDOR },
  },
  { tokenSeconds: 300 },
);
const job = await (await Job.start(service, undefined, { headers: { 'x-api-key': key }, vendorId: VENDOR })).drive();

/** `expected`: what may go wrong meanwhile. Pages ask the provider, too. */
async function withPage(run, { expected = /^$/, map = false } = {}) {
  const { page, trouble, close } = await visit(map ? browser : withoutMaps, service);
  try {
    await page.context().clearCookies();
    await run(page, new DrivePage(page, service));
    const ours = (text) => !text.startsWith(`asked another host: ${provider.issuer}/`);
    assert.deepEqual(trouble.filter((text) => ours(text) && !expected.test(text)), []);
  } finally {
    await close();
  }
}

async function signIn(page, name) {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Let me in' }).click();
}

try {
  await check('who may not see a job is offered to sign in, and comes back to it', () =>
    withPage(async (page, drive) => {
      await page.goto(`${service}/track/${job.id}`);
      await drive.title('Sign in to see this job');
      await page.locator('button.primary', { hasText: 'Sign in' }).waitFor();
      await isAccessible(page);
      await page.screenshot({ path: `${screenshots}/signin-offered.png` });
      await signIn(page, 'dora');
      await page.waitForURL(`**/track/${job.id}`);
      await page.locator('.badge', { hasText: 'Live' }).waitFor();
      await page.getByRole('button', { name: 'Dispatcher' }).waitFor();
    }), PATIENCE_SECONDS);

  await check('a vendor signs in, stays signed in, and signs out', () =>
    withPage(async (page, drive) => {
      const tokens = [];
      await page.route('**/token', async (route) => {
        const response = await route.fetch();
        const { access_token: access, refresh_token: refresh } = await response.json();
        tokens.push(access, refresh);
        await route.fulfill({ response });
      });
      await drive.open();
      await drive.title('For vendors');
      await signIn(page, 'vera');
      await drive.title(/min|On your way/);
      await page.reload();
      await drive.title(/min|On your way/);
      const kept = await keptForLong(page);
      assert.ok(tokens.length >= 2 && tokens.every((token) => token && !kept.includes(token)), 'nothing keeps a token');
      await page.getByRole('button', { name: 'Vendor' }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('button', { name: 'Yes, sign me out' }).click();
      await page.waitForURL('**/drive');
      await drive.title('For vendors');
      assert.equal(await page.evaluate(() => sessionStorage.length), 0);
      // of another version, perhaps
      await page.evaluate((user) => sessionStorage.setItem(user, 'no user'), `towline.signin.provider.user:${provider.issuer}:towline-pages`);
      await page.reload();
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByLabel('Your name').waitFor();
    }), PATIENCE_SECONDS);

  await check('another role sees that the page is not for it', () =>
    withPage(async (page, drive) => {
      await drive.open();
      await signIn(page, 'dora');
      await page.getByText('You are signed in as dispatcher').waitFor();
    }), PATIENCE_SECONDS);

  await check('a token ends and is renewed while a stream runs: nothing is missing, and nobody is refused', () =>
    withPage(async (page) => {
      provider.lastFor(5);
      const track = new TrackPage(page);
      let renewals = 0;
      page.on('request', (request) => (renewals += /grant_type=refresh_token/.test(request.postData() ?? '') ? 1 : 0));
      await page.goto(`${service}/track/${job.id}`);
      await signIn(page, 'dora');
      await track.badge('Live');
      await track.vehicle();
      await noteRefusals(page);
      await page.waitForTimeout(14_000);
      provider.lastFor(300);
      const used = track.credentials.map(({ Authorization }) => Authorization).filter(Boolean);
      assert.ok(renewals >= 2, `${renewals} renewals`);
      assert.ok(used.length >= 3, 'the stream was ended by the service');
      assert.equal(new Set(used).size, used.length, 'each connection has a new token');
      assert.deepEqual(await refusals(page), []);
      assert.deepEqual(track.updates.filter(({ kind }) => kind !== 'LOCATION').map(({ kind }) => kind), ['SNAPSHOT']);
      areWhole(track.updates);
      assert.ok(track.updates.length > 15, `${track.updates.length} updates`);
    }, { map: true }), PATIENCE_SECONDS);

  await check('the board renews its tokens while its stream runs: it resumes after the last change, and nobody is refused', () =>
    withPage(async (page) => {
      const desk = new DispatchPage(page);
      await page.goto(`${service}/dispatch`);
      provider.lastFor(5);
      await signIn(page, 'dora');
      await desk.badge('Live');
      await noteRefusals(page);
      await page.waitForTimeout(14_000);
      provider.lastFor(300);
      await desk.badge('Live');
      assert.ok(desk.subscriptions.length >= 3, 'the stream was ended by the service');
      desk.subscriptions.slice(1).forEach(({ after, seen }) => assert.ok(after && after === seen, `after ${after}, seen ${seen}`));
      assert.equal(desk.changes.filter(({ kind }) => kind === 'RESET').length, 1, 'nothing is loaded again');
      assert.ok(desk.changes.length > 5, `${desk.changes.length} changes`);
      assert.deepEqual(await refusals(page), []);
    }), PATIENCE_SECONDS);

  await check('a session that the provider has ended is offered to sign in again', () =>
    withPage(async (page, drive) => {
      await page.goto(`${service}/track/${job.id}`);
      await page.route('**/token', (route) =>
        /grant_type=refresh_token/.test(route.request().postData() ?? '')
          ? route.fulfill({ status: 400, headers: { 'access-control-allow-origin': '*' }, json: { error: 'invalid_grant' } })
          : route.continue());
      provider.lastFor(4);
      await signIn(page, 'dora');
      await page.locator('.badge', { hasText: 'Live' }).waitFor();
      await drive.title('Sign in to see this job');
      provider.lastFor(300);
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    }, { expected: /400/ }), PATIENCE_SECONDS);

  await check('who does not want to sign in after all is told that nobody is signed in', () =>
    withPage(async (page, drive) => {
      await drive.open();
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await drive.title('You are not signed in');
      await page.getByText('The identity provider says: You did not want to sign in').waitFor();
      assert.equal(new URL(page.url()).search, '');
      await isAccessible(page);
      await page.screenshot({ path: `${screenshots}/signin-refused.png` });
      await page.goto(`${service}/signin?code=stolen&state=unknown`);
      await drive.title('You are not signed in');
      await page.getByText('cannot be used').waitFor();
    }), PATIENCE_SECONDS);

  await check('a wrong client id is told in words', () =>
    withPage(async (page, drive) => {
      await withSettings(page, (settings) => (settings.provider.clientId = 'unknown'));
      await drive.open();
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'invalid_client' }).waitFor();
    }, { expected: /400|401/ }), PATIENCE_SECONDS);

  await check('a provider that is not there is told in words', () =>
    withPage(async (page, drive) => {
      await page.route(`${provider.issuer}/.well-known/**`, (route) => route.abort());
      await drive.open();
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').getByText('The identity provider cannot be used').waitFor();
      await isAccessible(page);
    }, { expected: /ERR_FAILED/ }), PATIENCE_SECONDS);

  await check('a page asks no other host than the provider', () =>
    withPage(async (page, drive) => {
      await drive.open();
      const asked = await page.evaluate(() => fetch('http://127.0.0.1:9/').then(() => 'answered', () => 'refused'));
      assert.equal(asked, 'refused');
      const policy = (await (await fetch(`${service}/drive`)).headers.get('content-security-policy')).split('; ');
      assert.ok(policy.includes(`connect-src 'self' ${provider.issuer}`), policy.join('; '));
    }, { expected: /Content Security Policy|127\.0\.0\.1:9/ }), PATIENCE_SECONDS);
} finally {
  job.park();
  provider.stop();
  await browser.close();
  await withoutMaps.close();
}

async function withSettings(page, change) {
  await page.route('**/web/settings.json', async (route) => {
    const response = await route.fetch();
    const settings = await response.json();
    change(settings);
    await route.fulfill({ response, json: settings });
  });
}
