// Hundreds of vehicles on the board. Their service is made up: what is measured is the browser.
import assert from 'node:assert/strict';
import { visit } from './browser.mjs';

const VEHICLES = 400;
/** Each vehicle sends a fix in that time. */
const FIX_EVERY_MS = 1_000;
const WATCHED_MS = 6_000;
/** A screen of a processor that also draws the map and runs the tests. */
const MEDIAN_FRAME_MS = 50;
const SHORT_FRAMES = 0.9;
const LONG_FRAME_MS = 150;

/** Follows them, and fails if frames come too rarely. */
export async function crowd(browser, service, screenshots) {
  const { page, trouble, close } = await visit(browser, service);
  try {
    await page.route('**/graphql', (route) => route.fulfill({ json: { data: answerTo(route.request().postDataJSON()) } }));
    await page.routeWebSocket('**/graphql', (socket) => {
      let sent = 0;
      let timer;
      socket.onMessage((text) => {
        const { type, id } = JSON.parse(text);
        const next = (change) => socket.send(JSON.stringify({ type: 'next', id, payload: { data: { onDispatchChanged: { ...NOTHING, ...change } } } }));
        if (type === 'connection_init') {
          socket.send(JSON.stringify({ type: 'connection_ack' }));
        } else if (type === 'subscribe') {
          next({ kind: 'RESET', position: 'p0' });
          timer = setInterval(() => {
            for (let i = 0; i < VEHICLES / 20; i++) {
              const vehicle = sent++ % VEHICLES;
              next({ kind: 'SESSION', id: `s${vehicle}`, position: `p${sent}`, session: session(vehicle, Math.floor(sent / VEHICLES) + 2) });
            }
          }, FIX_EVERY_MS / 20);
        }
      });
      socket.onClose(() => clearInterval(timer));
    });
    await page.goto('/dispatch');
    await page.locator('.badge', { hasText: 'Live' }).waitFor();
    await page.locator('.map-buttons').waitFor();
    await page.waitForFunction((count) => document.querySelectorAll('.job').length === count, VEHICLES);
    await page.waitForTimeout(3_000);
    const frames = await page.evaluate(
      (watchedMs) =>
        new Promise((resolve) => {
          const times = [];
          const each = (time) => {
            times.push(time);
            times.at(-1) - times[0] < watchedMs ? requestAnimationFrame(each) : resolve(times);
          };
          requestAnimationFrame(each);
        }),
      WATCHED_MS,
    );
    const lengths = frames.slice(1).map((time, i) => time - frames[i]).sort((one, other) => one - other);
    const median = lengths[Math.floor(lengths.length / 2)];
    const short = lengths.filter((ms) => ms < LONG_FRAME_MS).length / lengths.length;
    if (process.env.TOWLINE_FRAMES) {
      console.error({ frames: lengths.length, median, p95: lengths[Math.floor(lengths.length * 0.95)], longest: lengths.at(-1), short });
    }
    await page.screenshot({ path: `${screenshots}/dispatch-crowd.png` });
    assert.ok(median <= MEDIAN_FRAME_MS, `a frame takes ${median} ms`);
    assert.ok(short >= SHORT_FRAMES, `${Math.round((1 - short) * 100)} % of the frames take longer than ${LONG_FRAME_MS} ms`);
    assert.deepEqual(trouble, []);
  } finally {
    await close();
  }
}

const NOTHING = { id: null, version: null, incident: null, session: null, vendor: null };
const PAGE_SIZE = 100;

function answerTo({ query, variables }) {
  if (/getViewer/.test(query)) {
    return { getViewer: { role: 'DISPATCHER', subject: 'dana', tenant: 'crowd' } };
  }
  if (/listIncidents/.test(query)) {
    return { listIncidents: { edges: [], pageInfo: { hasNextPage: false, endCursor: null } } };
  }
  const from = Number(variables.after ?? 0);
  const edges = Array.from({ length: PAGE_SIZE }, (_, i) => ({ node: session(from + i, 1) }));
  const to = from + PAGE_SIZE;
  return { listTrackingSessions: { edges, pageInfo: { hasNextPage: to < VEHICLES, endCursor: String(to) } } };
}

function session(i, version) {
  const angle = (i / VEHICLES) * Math.PI * 2;
  const position = { latitude: 30.27 + Math.sin(angle * 7) * 0.06, longitude: -97.74 + Math.cos(angle) * 0.06 };
  return {
    id: `s${i}`,
    status: 'EN_ROUTE',
    startedAt: new Date(Date.UTC(2026, 2, 21) + i).toISOString(),
    endedAt: null,
    version,
    incident: { id: `i${i}`, kind: 'TIRE', status: 'ASSIGNED', description: null, position, createdAt: new Date(0).toISOString(), version: 2 },
    vendor: { id: `v${i}`, name: `Vendor ${i}`, phone: null, rating: 4 },
    currentLocation: {
      latitude: position.latitude + 0.002 * version,
      longitude: position.longitude,
      recordedAt: new Date().toISOString(),
      headingDegrees: 0,
    },
    eta: { arrivesAt: new Date(Date.now() + 600_000).toISOString(), distanceMeters: 4_000 },
  };
}
