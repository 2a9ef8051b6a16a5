// Checks the tracking screen of a running service: node track.mjs http://127.0.0.1:8080 <folder for screenshots>
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { ATTRIBUTION, baseMaps, setMap, shareOfColor } from './baseMaps.mjs';
import { DESKTOP, launch, visit } from './browser.mjs';
import { INCIDENT, Job } from './job.mjs';
import { fitsAPhone, isAccessible, loadsLittle, PATIENCE_SECONDS, PHONE } from './pages.mjs';
import { Proxy } from './proxy.mjs';
import { clockwise, placesBetween, SOME_PLACES, TrackPage } from './trackPage.mjs';
import { check } from '../lib/checks.mjs';

/** Of the map that comes with the pages. */
const GROUND = [0xf1, 0xed, 0xe6];
/** Of streets of the map that comes with the pages: of those in the light that are not white, and of those in the dark that are everywhere. */
const STREETS = { light: [0xfb, 0xdf, 0x9d], dark: [0x39, 0x41, 0x4d] };
/** Of the trail. */
const ROUTE = [0xc2, 0x41, 0x0c];

const [service, screenshots] = process.argv.slice(2);

mkdirSync(screenshots, { recursive: true });
const browser = await launch({ graphics: true });
const moving = await (await Job.start(service)).drive();

/** `expected`: what may go wrong meanwhile, such as connections that the check cuts itself. */
async function withPage(run, { base = service, expected = /^$/, ...options } = {}) {
  const { page, trouble, close } = await visit(browser, base, options);
  try {
    await run(new TrackPage(page), page);
    assert.deepEqual(trouble.filter((text) => !expected.test(text)), []);
  } finally {
    await close();
  }
}

async function withProxy(options, run, visitor) {
  const proxy = await new Proxy(service, options).start();
  try {
    await withPage((track, page) => run(track, proxy, page), { ...visitor, base: proxy.base, expected: /WebSocket|ERR_|Failed to fetch/ });
  } finally {
    proxy.stop();
  }
}

/** On a map, clockwise from north; positions that are near each other. */
function bearing(from, to) {
  const east = (to.longitude - from.longitude) * Math.cos((from.latitude * Math.PI) / 180);
  return clockwise(east, to.latitude - from.latitude);
}

function neverGoesBack(values, what) {
  values.slice(1).forEach((value, i) => assert.ok(value >= values[i], `${what} went back from ${values[i]} to ${value}`));
}

try {
  await check('a watcher sees the vehicle glide from fix to fix, never ahead of them', () =>
    withPage(async (track, page) => {
      await track.open(`${service}/track/${moving.id}`);
      await track.vehicle();
      await track.badge('Live');
      await track.note();
      await page.waitForTimeout(6_000);
      const shown = await track.noted();
      neverGoesBack(shown, 'the vehicle');
      const fixes = track.fixes();
      assert.ok(shown.at(-1) - shown[0] > 3_000, `moved by ${shown.at(-1) - shown[0]} ms only`);
      assert.ok(shown.every((recordedMs) => recordedMs <= Math.max(...fixes)), 'ahead of what is known');
      const between = new Set(shown.filter((recordedMs) => !fixes.includes(recordedMs)));
      assert.ok(between.size > fixes.length, `${between.size} places between ${fixes.length} fixes`);
      await page.locator('[role=status]', { hasText: /is on the way|minutes? to go/ }).waitFor({ state: 'attached' });
      await track.drawn();
      assert.equal(await page.locator('.incident-card h2').innerText(), 'Flat tyre');
      assert.equal(await page.locator('.incident-card p').innerText(), INCIDENT.description);
      const pin = await track.pin();
      assert.ok(Math.abs(pin.degrees - bearing(track.updates.at(-1).location, INCIDENT.position)) < 1, `the pin stands ${pin.degrees} degrees from the vehicle`);
      assert.ok(pin.isInView, 'and in view');
      assert.match(await page.locator('.vehicle').evaluate((vehicle) => vehicle.style.transform), /rotateZ\(180deg\)/, 'points to where it goes');
      await page.screenshot({ path: `${screenshots}/track-light.png` });
      await isAccessible(page);
      assert.ok((await shareOfColor(page, STREETS.light)) > 0, 'the map has streets');
    }, { viewport: DESKTOP }), PATIENCE_SECONDS);

  await check('a connection that is cut shows no repeat and no jump', () =>
    withProxy({}, async (track, proxy, page) => {
      await track.open(`${proxy.base}/track/${moving.id}`);
      await track.vehicle();
      await track.badge('Live');
      const tops = await track.headTops();
      await page.waitForTimeout(1_500);
      await track.note();
      const cutMs = Date.now();
      proxy.cut();
      await track.badge('Reconnecting');
      await page.waitForTimeout(2_000);
      await page.screenshot({ path: `${screenshots}/track-reconnecting.png` });
      await isAccessible(page);
      assert.deepEqual(await track.headTops(), tops, 'nothing jumps');
      const mendedMs = Date.now();
      proxy.mend();
      await track.badge('Live');
      await page.waitForTimeout(3_000);
      const { after, seen } = track.subscriptions.at(-1);
      assert.ok(track.subscriptions.length > 1 && seen > 0);
      assert.equal(after, seen, 'resumes after the last update');
      const kinds = track.updates.map(({ kind }) => kind);
      assert.deepEqual(kinds.filter((kind) => kind !== 'LOCATION'), ['SNAPSHOT'], 'without another snapshot');
      track.updates.slice(1).forEach(({ sequence, missed }, i) =>
        assert.equal(sequence, track.updates[i].sequence + 1 + (missed ?? 0), 'each update once, in order'));
      assert.ok(track.updates.at(-1).sequence > seen + 3, 'caught up');
      const shown = await track.noted();
      neverGoesBack(shown, 'the vehicle');
      const missedMs = track.fixes().findLast((recordedMs) => recordedMs < mendedMs);
      const places = placesBetween(shown, cutMs, missedMs);
      assert.ok(places >= SOME_PLACES, `${places} places between the cut and the newest fix that was missed, ${missedMs - cutMs} ms later`);
    }), PATIENCE_SECONDS);

  await check('where WebSockets are blocked the screen is live by server-sent events', () =>
    withProxy({ blocksSockets: true }, async (track, proxy) => {
      await track.open(`${proxy.base}/track/${moving.id}`);
      await track.badge('Live');
      await track.vehicle();
      await track.note();
      await track.page.waitForTimeout(3_000);
      const shown = await track.noted();
      assert.ok(shown.at(-1) > shown[0], 'moves');
      assert.deepEqual(track.updates, []);
    }), PATIENCE_SECONDS);

  await check('a share link shows its session, keeps its secret, and ends when it is revoked', () =>
    withPage(async (track, page) => {
      const link = await moving.share();
      const { hash } = new URL(link.url);
      const [requests, secret] = [[], decodeURIComponent(hash.slice(1))];
      page.on('request', (request) => requests.push(request));
      await track.open(`${service}/track${hash}`);
      await track.badge('Live');
      await track.vehicle();
      assert.deepEqual(track.credentials, [{ 'X-Towline-Share': secret }]);
      assert.equal(await page.locator('.call').count(), 0, 'a guest sees no phone number');
      const secretPart = secret.split('.').at(-1);
      // the fragment of an address stays in the browser
      assert.ok(requests.every((request) => !request.url().split('#')[0].includes(secretPart)), 'in no address');
      assert.ok(requests.every((request) => !(request.headers().referer ?? '').includes(secretPart)), 'in no referrer');
      const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
      assert.ok(!kept.includes(secretPart), 'in no storage');
      await moving.revoke(link);
      await track.title('You cannot see this job');
      await isAccessible(page);
    }, { expected: /401|UNAUTHENTICATED/ }), PATIENCE_SECONDS);

  await check('of a vehicle that is silent one sees since when, and time goes on', () =>
    withProxy({}, async (track, proxy, page) => {
      const silent = await Job.start(service, new Date(Date.now() - 300_000).toISOString());
      await silent.reach('EN_ROUTE');
      await silent.fix(Date.now() - 40_000);
      await page.clock.install();
      await track.open(`${proxy.base}/track/${silent.id}`);
      await track.badge(/Last seen [4-8]\d s ago/);
      await track.drawn();
      await page.screenshot({ path: `${screenshots}/track-stale.png` });
      await isAccessible(page);
      const silentForSeconds = await track.silentForSeconds();
      await page.waitForTimeout(3_000);
      assert.ok((await track.silentForSeconds()) >= silentForSeconds + 2, `still ${silentForSeconds} s`);
      const tops = await track.headTops();
      proxy.cut();
      await track.badge(/Reconnecting · last seen \d+ s ago/);
      assert.deepEqual(await track.headTops(), tops, 'nothing jumps');
      await page.screenshot({ path: `${screenshots}/track-stale-reconnecting.png` });
      await isAccessible(page);
      const minutes = await track.minutes();
      await page.clock.fastForward('02:00');
      await track.title(`${minutes - 2} min`);
    }, { fresh: true }), PATIENCE_SECONDS);

  await check('a job is followed step by step to its end', () =>
    withPage(async (track, page) => {
      const job = await Job.start(service);
      await track.open(`${service}/track/${job.id}`);
      await track.title('Help is assigned');
      await job.drive();
      await track.title(/min|\ds/);
      assert.equal(await page.locator('.call').getAttribute('href'), 'tel:+15125550144');
      job.park();
      await job.reach('ARRIVED');
      await track.title('Help has arrived');
      await job.reach('COMPLETED');
      await track.title('All done');
      await track.badge('Ended');
      assert.equal(await page.locator('.call').count(), 0);
      assert.equal(await page.locator('.steps [data-progress=done]').count(), 5);
      assert.match(await page.locator('[role=status]').innerText(), /is done/);
      assert.equal(track.subscriptions.length, 1, 'nobody comes back to a stream that is complete');
      await track.drawn();
      await page.screenshot({ path: `${screenshots}/track-ended.png` });
      await isAccessible(page);
      const [again] = [new TrackPage(page)];
      await again.open(`${service}/track/${job.id}`);
      await again.badge('Ended');
    }), PATIENCE_SECONDS);

  await check('a session that is not there is told as such', () =>
    withPage(async (track, page) => {
      await track.open(`${service}/track/nothing`);
      await track.title('There is no such job');
      await isAccessible(page);
      await page.screenshot({ path: `${screenshots}/track-gone.png` });
      await track.open(`${service}/track`);
      await track.title('Nothing to follow');
    }), PATIENCE_SECONDS);

  for (const [colorScheme, language, far, scale] of [['light', 'en-US', /\d\s(mi|ft) to go/, /\d\s(mi|ft)$/], ['dark', 'de-DE', /\d\sk?m to go/, /\d\sk?m$/]]) {
    await check(`it fits a phone, ${colorScheme}, with the units of ${language}`, () =>
      withPage(async (track, page) => {
        await page.addInitScript((tag) => Object.defineProperty(navigator, 'languages', { value: [tag] }), language);
        await track.open(`${service}/track/${moving.id}`);
        await track.drawn();
        assert.match(await page.locator('.head p').innerText(), far);
        assert.match(await page.locator('.maplibregl-ctrl-scale').innerText(), scale);
        await fitsAPhone(page);
        await isAccessible(page);
        await page.screenshot({ path: `${screenshots}/track-phone-${colorScheme}.png` });
      }, { colorScheme, viewport: PHONE }), PATIENCE_SECONDS);
  }

  await check('it is dark for who likes it dark, and changes with the system', () =>
    withPage(async (track, page) => {
      await track.open(`${service}/track/${moving.id}`);
      await track.drawn();
      await page.emulateMedia({ colorScheme: 'dark' });
      await track.drawn();
      await page.screenshot({ path: `${screenshots}/track-dark.png` });
      await isAccessible(page);
      assert.ok((await shareOfColor(page, STREETS.dark)) > 0, 'the map has streets');
    }, { viewport: DESKTOP }), PATIENCE_SECONDS);

  await check('the map is moved by keys, and comes back to the vehicle', () =>
    withPage(async (track, page) => {
      await track.open(`${service}/track/${moving.id}`);
      await track.drawn();
      const reached = new Set();
      for (let i = 0; i < 6; i++) {
        await page.keyboard.press('Tab');
        reached.add(await page.evaluate(() => document.activeElement.getAttribute('aria-label')));
      }
      for (const label of ['Zoom in', 'Zoom out', 'Call Lone Star Tire & Tow']) {
        assert.ok(reached.has(label), `${label} among ${[...reached]}`);
      }
      await page.locator('.canvas canvas').focus();
      await page.keyboard.press('ArrowRight');
      const back = page.getByRole('button', { name: 'Re-centre' });
      await back.waitFor();
      await back.press('Enter');
      await back.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Zoom out' }).click();
      await back.waitFor();
    }, { animated: true }), PATIENCE_SECONDS);

  for (const [name, map] of Object.entries(baseMaps(service))) {
    await check(`below the trail is the map of the settings: ${name}`, () =>
      withPage(async (track, page) => {
        const asked = await setMap(page, map);
        await track.open(`${service}/track/${moving.id}`);
        await track.drawn();
        await page.screenshot({ path: `${screenshots}/track-${name.replaceAll(' ', '-')}.png` });
        for (const path of Object.keys(map.answers)) {
          assert.ok(asked.some((one) => one.replace(/\/\d+\/\d+\/\d+\.png$/, '/tile.png') === path), `${path} among ${asked}`);
        }
        const share = await shareOfColor(page, map.color);
        assert.ok(share > 0.6, `${share} of the map is that of the settings`);
        assert.ok((await shareOfColor(page, ROUTE)) > 0, 'the trail is on it');
        assert.match(await page.locator('.maplibregl-ctrl-attrib').textContent(), new RegExp(ATTRIBUTION));
      }), PATIENCE_SECONDS);
  }

  for (const [name, map] of Object.entries(baseMaps(service)).filter(([, { settings }]) => !settings.pmtilesUrl)) {
    await check(`where the map of the settings does not answer the trail is on that of the page: ${name}`, () =>
      withPage(async (track, page) => {
        const asked = await setMap(page, { ...map, answers: {}, missing: { status: 503 } });
        await track.open(`${service}/track/${moving.id}`);
        await track.drawn();
        assert.ok(asked.length > 0);
        const share = await shareOfColor(page, GROUND);
        assert.ok(share > 0.4, `${share} of the map is ground`);
        assert.ok((await shareOfColor(page, ROUTE)) > 0, 'the trail is on it');
        await page.emulateMedia({ colorScheme: 'dark' });
        await page.waitForTimeout(2_500);
        assert.ok((await shareOfColor(page, GROUND)) < 0.1, 'it changes with the system');
      }, { expected: /503/ }), PATIENCE_SECONDS);
  }

  await check('the first load is small, and the map library is no part of it', () =>
    withPage(async (track, page) => {
      const paths = [];
      page.on('request', (request) => paths.push(new URL(request.url()).pathname));
      await track.open(`${service}/track/nothing`);
      await track.title('There is no such job');
      await loadsLittle(service, paths);
    }), PATIENCE_SECONDS);
} finally {
  moving.park();
  await browser.close();
}
