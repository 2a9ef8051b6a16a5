// Kills a service under a watcher, and expects somebody to start it again on the same port: node restart.mjs http://127.0.0.1:8080 <process id>
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch, visit } from './browser.mjs';
import { Job } from './job.mjs';
import { TrackPage } from './trackPage.mjs';
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

try {
  await check('a watcher whose service is killed and started again sees each update once, and no jump', async () => {
    const { page, trouble, close } = await visit(browser, service);
    page.setDefaultTimeout(PATIENCE_SECONDS * 1000);
    const track = new TrackPage(page);
    await track.open(`${service}/track/${job.id}`);
    await track.vehicle();
    await track.badge('Live');
    await page.waitForTimeout(2_000);
    await track.note();
    const seen = track.updates.length;
    process.kill(Number(pid), 'SIGKILL');
    await track.badge('Reconnecting');
    await track.badge('Live');
    await page.waitForTimeout(3_000);

    assert.deepEqual(track.updates.filter(({ kind }) => kind !== 'LOCATION').map(({ kind }) => kind), ['SNAPSHOT']);
    track.updates.slice(1).forEach(({ sequence, missed }, i) => {
      assert.equal(sequence, track.updates[i].sequence + 1, 'each update once, in order');
      assert.ok(!missed, `${missed} missed before ${sequence}`);
    });
    assert.ok(track.updates.length > seen + 2, 'caught up');
    const shown = await track.noted();
    shown.slice(1).forEach((value, i) => assert.ok(value >= shown[i], `the vehicle went back from ${shown[i]} to ${value}`));
    assert.deepEqual(trouble.filter((text) => !/WebSocket|ERR_|Failed to fetch/.test(text)), []);

    driving = false;
    await drive;
    await job.reach('COMPLETED');
    await track.badge('Ended');
    await close();
  }, PATIENCE_SECONDS * 2);
} finally {
  driving = false;
  await drive;
  await browser.close();
}

/** Sends fixes for as long as it is wanted, like a device whose service is away at times. */
async function drives() {
  while (driving) {
    await job.fix().catch(() => {});
    await sleep(FIX_EVERY_MS);
  }
}
