// Checks the dispatch board of a running service: node dispatch.mjs http://127.0.0.1:8080 <folder for screenshots>
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { DESKTOP, launch, visit } from './browser.mjs';
import { crowd } from './crowd.mjs';
import { DispatchPage } from './dispatchPage.mjs';
import { fitsItsScreen, focused, isAccessible, loadsLittle, PATIENCE_SECONDS, PHONE } from './pages.mjs';
import { Proxy } from './proxy.mjs';
import { Town } from './town.mjs';
import { TrackPage } from './trackPage.mjs';
import { check } from '../lib/checks.mjs';

const [service, screenshots] = process.argv.slice(2);

mkdirSync(screenshots, { recursive: true });
const browser = await launch({ graphics: true });
/** For checks in which nobody looks at the map. */
const withoutMaps = await launch();

/** A board of a town of its own, `map`: with a map. `expected`: what may go wrong meanwhile, such as connections that the check cuts itself. */
async function withBoard(run, { base = service, expected = /^$/, viewer, before = () => {}, map = true, ...options } = {}) {
  const town = new Town(service);
  const { page, trouble, close } = await visit(map ? browser : withoutMaps, base, options);
  try {
    const given = await before(town);
    const board = await new DispatchPage(page).open(base, town, viewer?.(given));
    await run(board, town, given, page);
    assert.deepEqual(trouble.filter((text) => !expected.test(text)), []);
  } finally {
    await close();
    town.close();
  }
}

const board = (name, run, options) => check(name, () => withBoard(run, options), PATIENCE_SECONDS);

/**
 * Where the map shows two incidents that are 0.0228 degrees apart when it shows both, in CSS pixels from its centre: 307 above and below the middle of
 * what no button covers. A pin stands upright on its place.
 */
const IN_THE_MIDDLE = [-20, -6];
const PLACES = { North: [-20, -313], South: [-20, 301] };

/** Two vendors that can help with a tyre, the nearer one first, and one that cannot. */
async function vendors(town) {
  const near = await town.vendor('Lone Star Tire & Tow', 2);
  const far = await town.vendor('Bluebonnet Roadside', 6);
  await town.vendor('Quick Fuel', 1, { capabilities: ['FUEL_DELIVERY'] });
  return { near, far };
}

/** A town with something of everything. One vehicle was last heard of so many seconds ago. */
async function busy(town, silentForSeconds = 0) {
  const { near, far } = await vendors(town);
  await town.vendor('Third Gear Garage', 4);
  const waiting = await town.incident('Front left, on the shoulder', { position: { latitude: 30.29, longitude: -97.75 } });
  await town.incident('Keys in the trunk', { kind: 'LOCKOUT', position: { latitude: 30.25, longitude: -97.72 } });
  const moving = await town.job('Silver van, right lane', near, { position: { latitude: 30.26, longitude: -97.76 } });
  await town.reach(moving, 'EN_ROUTE');
  await town.fix(moving, 2);
  const silent = await town.session(await town.incident('Behind the stadium', { kind: 'STUCK', position: { latitude: 30.3, longitude: -97.73 } }), far, silentForSeconds);
  await town.fix(silent, 5, silentForSeconds);
  return { waiting, moving, near };
}

try {
  await board('an incident is reported on the map, assigned, and brought to its end, while somebody watches', async (desk, town, _, page) => {
    await desk.isEmpty();
    await vendors(town);
    await desk.drawn();
    await desk.button('New incident').click();
    await desk.clickMap(120, -60);
    const first = await desk.place();
    await desk.clickMap(40, 30);
    const second = await desk.place();
    assert.ok(second.latitude < first.latitude && second.longitude < first.longitude, 'the pin follows the clicks');
    await page.getByLabel('Latitude').fill('30.2672');
    await page.getByLabel('Longitude').fill('-97.7431');
    await page.getByLabel('Description').fill('Front left, on the shoulder');
    await desk.button('Report the incident').click();
    await desk.status('Waiting');
    assert.equal(await desk.row('Front left').getAttribute('aria-current'), 'true');
    assert.deepEqual(await desk.vendors(), ['Lone Star Tire & Tow', 'Bluebonnet Roadside'], 'who can, the nearest first');
    assert.match(await page.locator('.vendors li').first().innerText(), /1\.2 mi · ★ 4\.7/);

    await desk.assign('Lone Star Tire & Tow');
    await desk.status('Assigned');
    const href = await page.getByRole('link', { name: 'Open the tracking screen' }).getAttribute('href');
    const watcher = await visit(withoutMaps, service, { fresh: true });
    try {
      const stored = await town.signIn();
      await watcher.page.addInitScript((text) => sessionStorage.setItem('towline.signin.local', text), stored);
      const watching = await new TrackPage(watcher.page).open(service + href);
      await watching.title('Help is assigned');
      await desk.button('On the way').click();
      await town.fix({ id: href.split('/').at(-1) }, 1.5);
      await page.locator('.vendor-line', { hasText: 'Vehicle seen just now' }).waitFor();
      await page.locator('.vendor-line', { hasText: 'to go' }).waitFor();
      await watching.title('min');
      await desk.button('Arrived').click();
      await watching.title('Help has arrived');
      await desk.button('Done').click();
      await watching.title('All done');
      assert.deepEqual(watcher.trouble, []);
    } finally {
      await watcher.close();
    }
    await desk.status('Done');
    await page.keyboard.press('Escape');
    await desk.isEmpty();
    await page.waitForFunction(() => document.activeElement.matches('.lists'));
  });

  await board('by keyboard alone an incident is reported and assigned', async (desk, _, __, page) => {
    await desk.drawn();
    await desk.button('New incident').focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement.matches('.detail h2'));
    const title = () => page.evaluate(() => document.activeElement.textContent);
    assert.equal(await title(), 'New incident', 'the form has the focus');
    const before = await desk.place();
    await desk.map().focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(800);
    await desk.button('Use the centre of the map').focus();
    await page.keyboard.press('Enter');
    assert.ok((await desk.place()).longitude > before.longitude, 'the map was moved to the east');
    await page.getByLabel('Latitude').fill('30.2672');
    await page.getByLabel('Longitude').fill('-97.7431');
    await page.getByLabel('What is wrong').selectOption('TIRE');
    await page.getByLabel('Description').focus();
    await page.keyboard.type('White truck');
    await desk.button('Report the incident').focus();
    await page.keyboard.press('Enter');
    await desk.said('is reported');
    await desk.vendors();
    await desk.button('Assign Lone Star Tire & Tow').focus();
    await page.keyboard.press('Enter');
    await desk.said('has the job');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement.matches('.job'));
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement.matches('.detail h2'));
    assert.equal(await title(), 'Flat tyre', 'the job has the focus');
  }, { before: vendors });

  await board('an answer that is lost is asked for again, and nothing is done twice', async (desk, town, _, page) => {
    let lost = 0;
    await page.route('**/graphql', async (route) => {
      const writes = /createIncident|startTrackingSession/.test(route.request().postData());
      if (writes && lost++ % 2 === 0) {
        await route.fetch();
        await route.abort();
      } else {
        await route.continue();
      }
    });
    await desk.button('New incident').click();
    await page.getByLabel('Latitude').fill('30.2672');
    await page.getByLabel('Longitude').fill('-97.7431');
    await page.getByLabel('Description').fill('Only once');
    await desk.button('Report the incident').click();
    await page.getByRole('alert').filter({ hasText: 'safe to try again' }).waitFor();
    await desk.button('Report the incident').click();
    await desk.status('Waiting');
    const { listIncidents } = await town.ask('{ listIncidents { edges { node { description } } } }');
    assert.deepEqual(listIncidents.edges.map(({ node }) => node.description), ['Only once']);
    assert.equal(await desk.row('Only once').count(), 1);
  }, { before: vendors, map: false, expected: /ERR_FAILED|Failed to load/ });

  await board('a job whose new vendor was not told is given to that vendor again, and once', async (desk, town, { far }, page) => {
    const tokens = [];
    let held = null;
    await page.routeWebSocket(/graphql/, (socket) => {
      socket.connectToServer().onMessage((message) => (held ? held.push(() => socket.send(message)) : socket.send(message)));
    });
    await page.route('**/graphql', async (route) => {
      const { query, variables } = route.request().postDataJSON();
      if (/startTrackingSession/.test(query) && tokens.push(variables.input.clientToken) === 1) {
        await route.fetch();
        await route.abort();
      } else {
        await route.continue();
      }
    });
    await page.reload();
    await desk.badge('Live');
    await desk.choose('Lone Star');
    await desk.button('Give to another vendor').click();
    held = [];
    await desk.assign('Bluebonnet Roadside');
    await page.getByRole('alert').filter({ hasText: 'safe to try again' }).waitFor();
    await desk.button('Try Bluebonnet Roadside again').click();
    await page.locator('.vendor-line', { hasText: 'Bluebonnet Roadside' }).waitFor();
    held.splice(0).forEach((send) => send());
    held = null;
    assert.equal(tokens.length, 2);
    assert.equal(new Set(tokens).size, 1, 'the same wish');
    const { listTrackingSessions } = await town.ask('{ listTrackingSessions(filter: {active: true}) { edges { node { vendor { id } } } } }');
    assert.deepEqual(listTrackingSessions.edges.map(({ node }) => node.vendor.id), [far.id]);
  }, {
    before: async (town) => {
      const those = await vendors(town);
      await town.job('Passed on', those.near);
      return those;
    },
    map: false,
    expected: /ERR_FAILED|Failed to load/,
  });

  await board('a vendor that somebody else took is told as such, and is gone from the list', async (desk, town, { near }, page) => {
    await page.route('**/graphql', async (route) => {
      if (/startTrackingSession/.test(route.request().postData())) {
        await town.job('Another one', near);
      }
      await route.continue();
    });
    await desk.choose('Mine');
    await desk.assign('Lone Star Tire & Tow');
    await page.getByRole('alert').filter({ hasText: 'Lone Star Tire & Tow did not get the job' }).waitFor();
    assert.match(await page.getByRole('alert').innerText(), /BUSY/, 'in the words of the service');
    await page.locator('.vendors strong', { hasText: 'Lone Star' }).waitFor({ state: 'detached' });
    await page.unroute('**/graphql');
    await desk.assign('Bluebonnet Roadside');
    await desk.status('Assigned');
  }, {
    before: async (town) => {
      await town.incident('Mine');
      return vendors(town);
    },
    map: false,
  });

  await board('a job is given to another vendor, and cancelled', async (desk, town, { near }, page) => {
    await desk.choose('Lone Star');
    await desk.button('Give to another vendor').click();
    assert.deepEqual(await desk.vendors(), ['Bluebonnet Roadside'], 'not who has it');
    await desk.assign('Bluebonnet Roadside');
    await page.locator('.vendor-line', { hasText: 'Bluebonnet Roadside' }).waitFor();
    const { getVendor } = await town.ask(`{ getVendor(id: "${near.id}") { availability } }`);
    assert.equal(getVendor.availability, 'AVAILABLE', 'who had it is free');
    await desk.button('Cancel the job …').click();
    await page.getByText('Bluebonnet Roadside is called off').waitFor();
    await page.waitForFunction(() => document.activeElement.matches('.ask input'));
    await isAccessible(page);
    await page.keyboard.press('Escape');
    await desk.button('Keep it').click();
    await focused(page, 'Cancel the job …');
    await desk.button('Dispatcher').click();
    await page.locator('dialog').waitFor();
    await desk.button('Close').focus();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await focused(page, 'Dispatcher');
    assert.equal(await desk.detail.count(), 1, 'Escape has closed what was on top only');
    await desk.button('Cancel the job …').click();
    await page.getByLabel('Reason (optional)').fill('Drove off by itself');
    await desk.button('Cancel the job').click();
    await desk.status('Cancelled');
    assert.equal(await desk.button('Give to another vendor').count(), 0);
    await desk.button('Close the job').click();
    await desk.isEmpty();
  }, {
    before: async (town) => {
      const those = await vendors(town);
      await town.job('Passed on', those.near);
      return those;
    },
    map: false,
  });

  await board('a link that is shared opens for somebody without an account', async (desk, _, __, page) => {
    await desk.choose('Lone Star');
    await page.getByLabel('A link lasts').selectOption('60');
    await desk.button('Share a link').click();
    const url = await page.getByLabel('Link to share').inputValue();
    assert.match(url, /^http.*\/track#.+/);
    await page.getByText(/^Until .*, or the end of the job/).waitFor();
    await isAccessible(page);
    await desk.button('Copy').click();
    const guest = await visit(withoutMaps, service, { fresh: true });
    try {
      const watching = await new TrackPage(guest.page).open(url);
      await watching.badge('Live');
      await watching.title('Help is assigned');
      assert.deepEqual(guest.trouble, []);
    } finally {
      await guest.close();
    }
    await page.getByRole('link', { name: 'Open the tracking screen' }).click();
    // in this tab, where the viewer is signed in
    await page.waitForURL(/\/track\//);
    await new TrackPage(page).title('Help is assigned');
  }, { before: async (town) => void (await town.job('To share', (await vendors(town)).near)), map: false });

  await board('what is chosen on the map is chosen in the list, and the other way round', async (desk, town, _, page) => {
    await desk.drawn();
    for (const [name, down] of Object.entries(PLACES)) {
      await desk.clickMap(...down);
      await page.locator('.job[aria-current=true]', { hasText: name }).waitFor();
      assert.equal(await page.locator('.job[aria-current=true]').count(), 1);
      await desk.drawn();
      // where the map looks now, for it was chosen there
      await page.keyboard.press('Escape');
      await desk.button('Show all jobs').click();
      await desk.drawn();
    }
    await desk.choose('South');
    await desk.drawn();
    await desk.clickMap(...IN_THE_MIDDLE);
    assert.equal(await desk.row('South').getAttribute('aria-current'), 'true');
    await page.keyboard.press('Escape');
    await desk.clickMap(200, 0, 'right');
    assert.equal(await page.locator('#new-title').innerText(), 'New incident', 'the other button reports one there');
    const first = await desk.place();
    await desk.clickMap(150, 40);
    const second = await desk.place();
    assert.ok(second.latitude < first.latitude && second.longitude < first.longitude, 'the pin follows the clicks');
    assert.ok(Math.abs(second.latitude - 30.2672) < 0.02 && Math.abs(second.longitude + 97.7431) < 0.02, 'near the job in the middle');
    await page.getByLabel('Description').fill('Where the click was');
    await page.keyboard.press('Escape');
    await desk.row('South').click();
    await desk.status('Waiting');
    await desk.clickMap(150, 40, 'right');
    assert.equal(await page.getByLabel('Description').inputValue(), 'Where the click was', 'what was typed is kept');
    const third = await desk.place();
    await desk.button('Report the incident').click();
    await desk.status('Waiting');
    const { listIncidents } = await town.ask('{ listIncidents { edges { node { description position { latitude longitude } } } } }');
    const { position } = listIncidents.edges.map(({ node }) => node).find(({ description }) => description === 'Where the click was');
    assert.ok(Math.abs(position.latitude - third.latitude) < 1e-6 && Math.abs(position.longitude - third.longitude) < 1e-6, 'stored where the click was');
  }, {
    before: async (town) => {
      await town.incident('South', { position: { latitude: 30.2672, longitude: -97.7431 } });
      await town.incident('North', { position: { latitude: 30.29, longitude: -97.7431 } });
    },
    viewport: DESKTOP,
    animated: true,
  });

  await board('the vehicle of the selected job moves on the map, which follows it until somebody moves the map', async (desk, town, job, page) => {
    await desk.choose('Lone Star');
    await desk.drawn();
    await town.fix(job, 5);
    // until it has glided there
    await page.waitForTimeout(6_000);
    const before = await desk.vehicle();
    for (const km of [4.94, 4.88, 4.82]) {
      await page.waitForTimeout(1_000);
      await town.fix(job, km);
    }
    await page.waitForTimeout(5_000);
    const after = await desk.vehicle();
    assert.ok(after.y > before.y + 10 && Math.abs(after.x - before.x) < 3, `goes south: from ${before.x}, ${before.y} to ${after.x}, ${after.y}`);
    await desk.map().focus();
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('ArrowDown');
      await page.waitForTimeout(200);
    }
    await town.fix(job, 4.76);
    await desk.drawn();
    await assert.rejects(desk.vehicle(), /not 0 pixels/, 'it is where somebody looked away from');
    await page.keyboard.press('Escape');
    await desk.choose('Lone Star');
    await desk.drawn();
    await desk.vehicle();
  }, {
    before: async (town) => {
      const { near } = await vendors(town);
      const job = await town.session(await town.incident('Far out'), near, 300);
      await town.reach(job, 'EN_ROUTE');
      await town.fix(job, 2, 240);
      return job;
    },
    viewport: DESKTOP,
  });

  await board('the panel of the cache shows that an ask that comes again is a hit, and how old the last fix of each vehicle is', async (desk, _, __, page) => {
    const hits = page.locator('tr[data-field=searchVendorsNearby] .hits');
    await page.getByText('Cache and freshness').click();
    const [silent, moving, ...others] = await desk.ages();
    assert.deepEqual([silent.vendor, silent.stale, others], ['Bluebonnet Roadside', 'true', []], 'the oldest first, and one for each vehicle');
    assert.match(silent.age, /^[45]\d s ago$/);
    assert.deepEqual([moving.vendor, moving.stale], ['Lone Star Tire & Tow', 'false']);
    assert.match(moving.age, /^(just now|[12]?\d s ago)$/);
    await desk.choose('Front left');
    await desk.vendors();
    await hits.waitFor();
    assert.equal(await hits.getAttribute('data-hits'), '0');
    // a result is kept from the second time on, while writes of other objects go on
    for (let again = 0; again < 3; again++) {
      await page.keyboard.press('Escape');
      await desk.choose('Front left');
      await desk.vendors();
    }
    await page.locator('tr[data-field=searchVendorsNearby] .hits:not([data-hits="0"])').waitFor();
    assert.match(await page.locator('tr[data-field=searchVendorsNearby]').innerText(), /this instance|Redis/);
    assert.match(await page.locator('tr[data-field=searchVendorsNearby] td').last().innerText(), /^(new|< 1 s|\d+ s)$/, 'its age');
    await page.screenshot({ path: `${screenshots}/dispatch-cache.png` });
    await isAccessible(page);
  }, { before: (town) => busy(town, 40), viewport: DESKTOP });

  await check('a connection that is cut is resumed, and nothing is missing', async () => {
    const proxy = await new Proxy(service).start();
    try {
      await withBoard(async (desk, town, { moving }, page) => {
        await desk.row('Lone Star').waitFor();
        await desk.drawn();
        proxy.cut();
        await desk.badge('Reconnecting');
        await town.incident('While it was away');
        await town.reach(moving, 'COMPLETED');
        await page.screenshot({ path: `${screenshots}/dispatch-reconnecting.png` });
        await isAccessible(page);
        proxy.mend();
        await desk.badge('Live');
        await desk.row('While it was away').waitFor();
        await desk.row('Lone Star').waitFor({ state: 'detached' });
        const { after, seen } = desk.subscriptions.at(-1);
        assert.ok(desk.subscriptions.length > 1 && seen);
        assert.equal(after, seen, 'resumes after the last change');
      }, { base: proxy.base, before: busy, expected: /WebSocket|ERR_|Failed to fetch/ });
    } finally {
      proxy.stop();
    }
  }, PATIENCE_SECONDS);

  await check('where WebSockets are blocked the board is live by server-sent events', async () => {
    const proxy = await new Proxy(service, { blocksSockets: true }).start();
    try {
      await withBoard(async (desk, town, { moving }) => {
        await desk.row('Lone Star').waitFor();
        await town.incident('Over the stream');
        await desk.row('Over the stream').waitFor();
        await town.reach(moving, 'ARRIVED');
        await desk.row('Lone Star').filter({ hasText: 'Arrived' }).waitFor();
        await desk.choose('Over the stream');
        await desk.button('Cancel the job …').click();
        await desk.button('Cancel the job').click();
        await desk.row('Over the stream').waitFor({ state: 'detached' });
        assert.deepEqual(desk.changes, [], 'nothing came over a WebSocket');
      }, { base: proxy.base, before: busy, map: false, expected: /WebSocket|ERR_/ });
    } finally {
      proxy.stop();
    }
  }, PATIENCE_SECONDS);

  await board('a role sees what it may do in its tenant, and nothing else', async (desk, town, { near }, page) => {
    await desk.choose('Lone Star');
    await desk.button('Share a link').waitFor();
    const become = async (role, subject, tenant = town.tenant) => {
      await page.locator('button.who').click();
      await page.getByLabel('Role').selectOption(role);
      await page.locator('input[name=subject]').fill(subject);
      await page.locator('input[name=tenant]').fill(tenant);
      await page.getByRole('button', { name: /^Continue as/ }).click();
    };
    await become('VENDOR', near.id);
    await page.locator('button.who', { hasText: 'Vendor' }).waitFor();
    await desk.badge('Live');
    await desk.row('Lone Star').waitFor();
    assert.equal(await page.locator('.job').count(), 1, 'its own job');
    await desk.choose('Lone Star');
    await desk.button('Arrived').waitFor();
    for (const name of ['New incident', 'Share a link', 'Give to another vendor', 'Cancel the job …']) {
      assert.equal(await desk.button(name).count(), 0, name);
    }
    assert.equal(await page.getByText('Cache and freshness').count(), 0);
    await desk.button('Arrived').click();
    await desk.status('Arrived');
    await page.screenshot({ path: `${screenshots}/dispatch-vendor.png` });
    await become('CALLER', 'cleo');
    await page.getByRole('heading', { name: 'Not for this role' }).waitFor();
    await isAccessible(page);
    await become('OPERATOR', 'olga');
    await desk.row('Keys in the trunk').waitFor();
    await become('OPERATOR', 'olga', `${town.tenant}-next`);
    await desk.isEmpty();
    await desk.badge('Live');
    await become('OPERATOR', 'olga');
    await desk.row('Keys in the trunk').waitFor();
  }, { before: busy });

  for (const colorScheme of ['light', 'dark']) {
    await board(`it is legible, ${colorScheme}`, async (desk, _, __, page) => {
      await desk.choose('Front left');
      await desk.vendors();
      await desk.drawn();
      await page.screenshot({ path: `${screenshots}/dispatch-${colorScheme}.png` });
      await isAccessible(page);
      await desk.choose('Lone Star');
      await desk.drawn();
      await page.screenshot({ path: `${screenshots}/dispatch-job-${colorScheme}.png` });
      await isAccessible(page);
    }, { before: busy, colorScheme, viewport: DESKTOP });

    await board(`it fits a phone, ${colorScheme}`, async (desk, _, __, page) => {
      await desk.drawn();
      await page.screenshot({ path: `${screenshots}/dispatch-phone-${colorScheme}.png` });
      await fitsItsScreen(page);
      await isAccessible(page);
      await desk.choose('Front left');
      await desk.vendors();
      await desk.drawn();
      await page.screenshot({ path: `${screenshots}/dispatch-phone-job-${colorScheme}.png` });
      await fitsItsScreen(page);
      await isAccessible(page);
      await desk.button('Close the job').click();
      await desk.button('New incident').click();
      await fitsItsScreen(page);
      await isAccessible(page);
      await page.screenshot({ path: `${screenshots}/dispatch-phone-new-${colorScheme}.png` });
    }, { before: busy, colorScheme, viewport: PHONE });
  }

  await check('while hundreds of vehicles move the screen answers to clicks', () => crowd(browser, service), PATIENCE_SECONDS * 2);

  await check('the first load is small, and the map library is no part of it', async () => {
    const town = new Town(service);
    const { page, trouble, close } = await visit(browser, service);
    try {
      const paths = [];
      page.on('request', (request) => paths.push(new URL(request.url()).pathname));
      await new DispatchPage(page).open(service, town, { role: 'CALLER' });
      await loadsLittle(service, paths);
      assert.deepEqual(trouble, []);
    } finally {
      await close();
      town.close();
    }
  }, PATIENCE_SECONDS);
} finally {
  await browser.close();
  await withoutMaps.close();
}
