// Checks the page of a vendor, and the switch of the embedded stack: node drive.mjs http://127.0.0.1:8080 <folder for screenshots>
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { launch, visit } from './browser.mjs';
import { DrivePage } from './drivePage.mjs';
import { Job } from './job.mjs';
import { areWhole, fitsAPhone, focused, isAccessible, keptForLong, loadsLittle, noteRefusals, PATIENCE_SECONDS, PHONE, refusals } from './pages.mjs';
import { Proxy } from './proxy.mjs';
import { TrackPage } from './trackPage.mjs';
import { check } from '../lib/checks.mjs';

const START = { latitude: 30.29, longitude: -97.742 };
/** Farther apart than what a standing vehicle's position wanders, and not too fast for a vehicle. */
const DEGREES_PER_FIX = 0.0003;

const [service, screenshots] = process.argv.slice(2);

mkdirSync(screenshots, { recursive: true });
const browser = await launch({ graphics: true });
/** For checks in which nobody looks at the map. */
const withoutMaps = await launch();

async function withDriver(run, { base = service, expected = /^$/, map = true, ...options } = {}) {
  const { page, trouble, close } = await visit(map ? browser : withoutMaps, base, { viewport: PHONE, ...options });
  try {
    await run(new DrivePage(page, base), page);
    assert.deepEqual(trouble.filter((text) => !expected.test(text)), []);
  } finally {
    await page.context().clearPermissions();
    await close();
  }
}

/** Tokens of the embedded stack last so long from now on. */
async function shortTokens(page, expiresInSeconds) {
  const requests = [];
  await page.route('**/local/token', (route) => {
    const postData = { ...route.request().postDataJSON(), expiresInSeconds };
    requests.push(postData);
    return route.continue({ postData: JSON.stringify(postData) });
  });
  return requests;
}

try {
  await check('a vendor takes its job from the first step to the last, and the customer watches', () =>
    withDriver(async (drive, page) => {
      const job = await Job.start(service);
      await drive.open();
      await drive.become(job.vendor);
      await drive.title('A job for you');
      await page.locator('.incident-card', { hasText: 'Flat tyre' }).waitFor();
      const customer = await visit(browser, service, { viewport: PHONE });
      const track = await new TrackPage(customer.page).open(`${service}/track/${job.id}`);
      await track.title('Help is assigned');
      await drive.allow(START);
      await drive.share();
      await drive.sharing('The customer sees you');
      await track.vehicle();
      for (const [button, shown, seen] of [
        ['I am on my way', /min|On your way/, /min/],
        ['I have arrived', 'You are there', 'Help has arrived'],
        ['I start work', 'You are at work', 'Help is at work'],
        ['The job is done', 'No job now', 'All done'],
      ]) {
        await drive.report(button);
        await drive.title(shown);
        await track.title(seen);
      }
      assert.deepEqual(customer.trouble, []);
      await customer.close();
    }), PATIENCE_SECONDS);

  await check('a new job shows by itself, and who cannot do it gives it back', () =>
    withDriver(async (drive, page) => {
      const job = await Job.start(service);
      await job.reach('COMPLETED');
      await drive.open();
      await drive.become(job.vendor);
      await drive.title('No job now');
      const next = await job.next();
      await drive.title('A job for you');
      await page.locator('.incident-card', { hasText: 'Flat battery' }).waitFor();
      await drive.report('I cannot do this job');
      await drive.report('Keep it');
      assert.equal((await next.stored()).status, 'ASSIGNED');
      await drive.report('I cannot do this job');
      await page.screenshot({ path: `${screenshots}/drive-cancel.png` });
      await isAccessible(page);
      await drive.report('Cancel the job');
      await drive.title('No job now');
      assert.equal((await next.stored()).status, 'CANCELLED');
    }), PATIENCE_SECONDS);

  await check('a vendor says whether it takes jobs', () =>
    withDriver(async (drive, page) => {
      const job = await Job.start(service);
      await job.reach('COMPLETED');
      await drive.open();
      await drive.become(job.vendor);
      const takes = page.getByRole('switch', { name: /takes jobs/ });
      await takes.and(page.locator('[aria-checked=true]')).waitFor();
      await drive.hint('Your next job shows here by itself.');
      await takes.click();
      await takes.and(page.locator('[aria-checked=false]')).waitFor();
      await page.reload();
      await drive.sharing('You get no jobs.');
      await drive.hint('Take jobs again to get the next one.');
      await assert.rejects(job.next(), /CONFLICT/, 'nobody gives a job to who takes none');
      await isAccessible(page);
      await fitsAPhone(page);
      await page.screenshot({ path: `${screenshots}/drive-idle.png` });
    }), PATIENCE_SECONDS);

  await check('positions wait while there is no network, and are sent after', async () => {
    const proxy = await new Proxy(service).start();
    try {
      await withDriver(async (drive, page) => {
        const job = await Job.start(service);
        await drive.open();
        await drive.become(job.vendor);
        await drive.title('A job for you');
        await drive.allow(START);
        await drive.share();
        await drive.sharing('The customer sees you');
        await page.locator('.canvas canvas').waitFor();
        await page.waitForTimeout(2_000);
        proxy.cut();
        await page.locator('.badge', { hasText: 'Reconnecting' }).waitFor();
        for (let i = 1; i <= 5; i++) {
          await drive.at({ ...START, latitude: START.latitude - i * DEGREES_PER_FIX });
          await page.waitForTimeout(1_100);
        }
        await drive.sharing(/No connection: [4-6] positions wait/);
        await page.screenshot({ path: `${screenshots}/drive-offline.png` });
        await isAccessible(page);
        await drive.report('I am on my way');
        await page.locator('.next', { hasText: 'Waiting for a connection' }).waitFor();
        const { trail: before } = await job.stored();
        proxy.mend();
        await drive.sharing('The customer sees you');
        await drive.title(/min|On your way/);
        const { status, trail } = await job.stored();
        assert.equal(status, 'EN_ROUTE');
        assert.equal(before.length, 1);
        assert.deepEqual(
          trail.map(({ latitude }) => Math.round((START.latitude - latitude) / DEGREES_PER_FIX)),
          [0, 1, 2, 3, 4, 5],
          'each once',
        );
      }, { base: proxy.base, expected: /WebSocket|ERR_|Failed to fetch/ });
    } finally {
      proxy.stop();
    }
  }, PATIENCE_SECONDS);

  await check('where the browser may not tell its position the page says so, and the steps go on', () =>
    withDriver(async (drive, page) => {
      const job = await Job.start(service);
      await drive.open();
      await drive.become(job.vendor);
      await drive.title('A job for you');
      await drive.share();
      await drive.sharing('may not tell where you are');
      await drive.report('I am on my way');
      await drive.title('On your way');
      await page.locator('[role=switch][aria-checked=false]').waitFor();
    }, { map: false }), PATIENCE_SECONDS);

  for (const colorScheme of ['light', 'dark']) {
    await check(`the pages of a vendor fit a phone and everybody, ${colorScheme}`, () =>
      withDriver(async (drive, page) => {
        const job = await Job.start(service);
        const looksWell = async (name) => {
          await isAccessible(page);
          await fitsAPhone(page);
          await page.screenshot({ path: `${screenshots}/drive-${name}-${colorScheme}.png` });
        };
        await drive.open();
        await drive.title('Who drives?');
        await looksWell('who');
        await drive.become(job.vendor);
        await drive.title('A job for you');
        await page.locator('.canvas canvas').waitFor();
        await page.waitForTimeout(2_000);
        await looksWell('job');
        await page.getByRole('button', { name: 'Vendor' }).click();
        await looksWell('switch');
      }, { colorScheme }), PATIENCE_SECONDS);
  }

  await check('the job is done by keys', () =>
    withDriver(async (drive, page) => {
      const job = await Job.start(service);
      await drive.open();
      await page.getByLabel('Id of the vendor').focus();
      await page.keyboard.type(job.vendor);
      await page.keyboard.press('Enter');
      await drive.title('A job for you');
      const next = page.locator('.next');
      for (let i = 0; i < 15 && !(await next.evaluate((button) => button === document.activeElement)); i++) {
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Enter');
      await drive.title('On your way');
      // until then it says that it is sending
      await next.and(page.locator('[aria-disabled=false]', { hasText: 'I have arrived' })).waitFor();
      await page.keyboard.press('Space');
      await drive.title('You are there');
      await next.and(page.locator('[aria-disabled=false]', { hasText: 'I start work' })).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.locator('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
      await focused(page, 'I cannot do this job');
      await page.keyboard.press('Enter');
      await page.locator('dialog').waitFor();
      await drive.report('Keep it');
      await page.locator('dialog').waitFor({ state: 'detached' });
      await focused(page, 'I cannot do this job');
      await page.keyboard.press('Enter');
      await page.locator('dialog').waitFor();
      // beside it
      await page.mouse.click(5, 5);
      await page.locator('dialog').waitFor({ state: 'detached' });
    }), PATIENCE_SECONDS);

  await check('one stays who one is until the tab is closed, and the token is nowhere else', () =>
    withDriver(async (drive, page) => {
      const job = await Job.start(service);
      const tokens = [];
      page.on('response', (response) => {
        if (response.url().endsWith('/local/token')) {
          // a page that is closed has no answers any more
          response.json().then(({ token }) => tokens.push(token), () => {});
        }
      });
      await drive.open();
      await drive.become(job.vendor);
      await drive.title('A job for you');
      await page.reload();
      await drive.title('A job for you');
      assert.ok(tokens.length > 0);
      const kept = await keptForLong(page);
      assert.ok(tokens.every((token) => !kept.includes(token)), 'nothing keeps a token');
      const other = await page.context().newPage();
      await other.goto(`${service}/drive`);
      await other.getByRole('heading', { name: 'Who drives?' }).waitFor();
      await other.close();
      await page.getByRole('button', { name: 'Vendor' }).click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await drive.title('Who drives?');
      assert.equal(await page.evaluate(() => sessionStorage.length), 0);
      // of another version, perhaps
      await page.evaluate(() => sessionStorage.setItem('towline.signin.local', '{}'));
      await page.reload();
      await drive.title('Who drives?');
    }, { map: false }), PATIENCE_SECONDS);

  await check('a token ends and is renewed while a stream runs: nothing is missing, and nobody is refused', () =>
    withDriver(async (drive, page) => {
      const job = await (await Job.start(service)).drive();
      const requests = await shortTokens(page, 4);
      await drive.open();
      await drive.become(job.vendor);
      await drive.title('min');
      const track = new TrackPage(page);
      await track.open(`${service}/track/${job.id}`);
      await track.badge('Live');
      await track.vehicle();
      await noteRefusals(page);
      const before = requests.length;
      await page.waitForTimeout(12_000);
      job.park();
      const used = track.credentials.map(({ Authorization }) => Authorization);
      assert.ok(requests.length >= before + 2, `${requests.length - before} more tokens`);
      assert.ok(used.length >= 3, 'the stream was ended by the service');
      assert.equal(new Set(used).size, used.length, 'each connection has a new token');
      assert.deepEqual(await refusals(page), []);
      assert.deepEqual(track.updates.filter(({ kind }) => kind !== 'LOCATION').map(({ kind }) => kind), ['SNAPSHOT']);
      areWhole(track.updates);
      assert.ok(track.updates.length > 15, `${track.updates.length} updates`);
    }, { viewport: { width: 1200, height: 800 } }), PATIENCE_SECONDS);

  await check('the screen of a job that is somebody else\'s offers to be another one', () =>
    withDriver(async (drive, page) => {
      const job = await Job.start(service);
      await drive.open();
      await drive.become('nobody');
      await drive.title('No such vendor');
      await page.goto(`${service}/track/${job.id}`);
      await drive.title('There is no such job');
      await page.getByRole('button', { name: 'Vendor' }).click();
      await page.getByLabel('Role').selectOption('DISPATCHER');
      await page.getByRole('button', { name: 'Continue as dispatcher' }).click();
      await drive.title('Help is assigned');
      const { hash } = new URL((await job.share()).url);
      await page.goto(`${service}/track${hash}`);
      await page.reload();
      await drive.title('Help is assigned');
      assert.equal(await page.locator('.who').count(), 0, 'a guest is nobody else');
    }, { map: false }), PATIENCE_SECONDS);

  await check('the first load is small, and the map library is no part of it', () =>
    withDriver(async (drive, page) => {
      const paths = [];
      page.on('request', (request) => paths.push(new URL(request.url()).pathname));
      await drive.open();
      await drive.title('Who drives?');
      await loadsLittle(service, paths);
    }), PATIENCE_SECONDS);
} finally {
  await browser.close();
  await withoutMaps.close();
}
