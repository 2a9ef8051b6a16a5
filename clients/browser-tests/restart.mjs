// Kills a service under a watcher and a dispatcher, and expects somebody to start it again on the same port: node restart.mjs http://127.0.0.1:8080 <process id>
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch, visit } from './browser.mjs';
import { DispatchPage } from './dispatchPage.mjs';
import { Job } from './job.mjs';
import { placesBetween, SOME_PLACES, TrackPage } from './trackPage.mjs';
import { check } from '../lib/checks.mjs';

const [service, pid] = process.argv.slice(2);

const FIX_EVERY_MS = 500;
/** A restart on a busy machine, and the longest pause of a client that comes back. */
const PATIENCE_SECONDS = 150;

const browser = await launch({ graphics: true });
const job = await Job.start(service);
await job.reach('EN_ROUTE');
await job.fix();
let driving = true;
const drive = drives();

const away = /WebSocket|ERR_|Failed to fetch/;
const watcher = await visit(browser, service);
const dispatcher = await visit(browser, service);
[watcher, dispatcher].forEach(({ page }) => page.setDefaultTimeout(PATIENCE_SECONDS * 1000));
const track = new TrackPage(watcher.page);
const desk = new DispatchPage(dispatcher.page);
let reported;

try {
  await check('a watcher whose service is killed and started again sees each update once, and no jump', async () => {
    await dispatcher.page.goto(`${service}/dispatch`);
    await desk.row('Lone Star').waitFor();
    await desk.badge('Live');
    const { page } = watcher;
    await track.open(`${service}/track/${job.id}`);
    await track.vehicle();
    await track.badge('Live');
    await page.waitForTimeout(2_000);
    await track.note();
    const seen = track.updates.length;
    const killedMs = Date.now();
    process.kill(Number(pid), 'SIGKILL');
    // as soon as it is back, and before its pages are
    reported = reportsAtOnce('While it was away');
    await track.badge('Reconnecting');
    await track.badge('Live');
    const caughtUp = () => track.updates.length > seen + 2;
    for (const end = Date.now() + PATIENCE_SECONDS * 1000; !caughtUp() && Date.now() < end; ) {
      await page.waitForTimeout(500);
    }
    await page.waitForTimeout(3_000);

    assert.ok(caughtUp());
    assert.deepEqual(track.updates.filter(({ kind }) => kind !== 'LOCATION').map(({ kind }) => kind), ['SNAPSHOT']);
    track.updates.slice(1).forEach(({ sequence, missed }, i) => {
      assert.equal(sequence, track.updates[i].sequence + 1, 'each update once, in order');
      assert.ok(!missed, `${missed} missed before ${sequence}`);
    });
    const shown = await track.noted();
    shown.slice(1).forEach((value, i) => assert.ok(value >= shown[i], `the vehicle went back from ${shown[i]} to ${value}`));
    const firstMs = track.fixes().find((recordedMs) => recordedMs > killedMs);
    const places = placesBetween(shown, killedMs, firstMs);
    assert.ok(places >= SOME_PLACES, `${places} places between the end of the service and the first fix after it, ${firstMs - killedMs} ms later`);
    assert.deepEqual(watcher.trouble.filter((text) => !away.test(text)), []);
  }, PATIENCE_SECONDS * 2);

  await check('the board of a dispatcher resumes after the same restart, and has what happened meanwhile', async () => {
    await reported;
    await desk.row('While it was away').waitFor();
    await desk.badge('Live');
    assert.equal(desk.subscriptions.filter(({ after }) => !after).length, 1, 'begins once');
    const { after, seen } = desk.subscriptions.at(-1);
    assert.ok(desk.subscriptions.length > 1 && seen);
    assert.equal(after, seen, 'resumes after the last change');
    await desk.row('Lone Star').filter({ hasText: 'seen just now' }).waitFor();
    assert.equal(await desk.row('While it was away').count(), 1);
    const versions = desk.changes.filter(({ session }) => session?.id === job.id).map(({ session }) => session.version);
    versions.slice(1).forEach((version, i) => assert.ok(version >= versions[i], `version ${version} after ${versions[i]}`));
    const { incidents, sessions } = await job.open();
    const shown = await dispatcher.page.locator('.job').evaluateAll((rows) => rows.map(({ id }) => id.replace(/^job-/, '')));
    assert.deepEqual(shown.toSorted(), [...new Set([...incidents, ...sessions])].toSorted(), 'what the service has');

    driving = false;
    await drive;
    await job.reach('COMPLETED');
    await track.badge('Ended');
    await desk.row('Lone Star').waitFor({ state: 'detached' });
    assert.deepEqual(dispatcher.trouble.filter((text) => !away.test(text)), []);
  }, PATIENCE_SECONDS * 2);
} finally {
  driving = false;
  await drive;
  await browser.close();
}

/** Reports an incident as soon as somebody answers. */
async function reportsAtOnce(description) {
  while (driving) {
    try {
      return await job.another(description);
    } catch {
      await sleep(50);
    }
  }
  throw new Error('nobody answered');
}

/** Sends fixes for as long as it is wanted, like a device whose service is away at times. */
async function drives() {
  while (driving) {
    await job.fix().catch(() => {});
    await sleep(FIX_EVERY_MS);
  }
}
