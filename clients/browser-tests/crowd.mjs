// Hundreds of vehicles on the board. Their service is made up: what is measured is the browser.
import assert from 'node:assert/strict';
import { visit } from './browser.mjs';

const VEHICLES = 400;
/** Each vehicle sends a fix in that time. */
const FIX_EVERY_MS = 1_000;
/** So long a click may take to show, where one processor draws the map and runs the tests, too. */
const ANSWER_MS = 1_500;
const CLICKS = 5;
/** The board shows changes so often. */
const BATCH_EVERY_MS = 200;
/** So much of that time the scripts of the page may take, with what they draw meanwhile and what hands them made-up messages: the rest is for the person. */
const SCRIPT_MS = 40;
const MEASURED_MS = 4_000;

/** Follows them, and fails if the page does not answer to clicks meanwhile, or works long for each batch of changes. */
export async function crowd(browser, service) {
  const { page, trouble, close } = await visit(browser, service);
  let drive;
  let timer;
  try {
    await page.route('**/graphql', (route) => route.fulfill({ json: { data: answerTo(route.request().postDataJSON()) } }));
    await page.routeWebSocket('**/graphql', (socket) => {
      let sent = 0;
      socket.onMessage((text) => {
        const { type, id } = JSON.parse(text);
        const next = (change) => socket.send(JSON.stringify({ type: 'next', id, payload: { data: { onDispatchChanged: { ...NOTHING, ...change } } } }));
        if (type === 'connection_init') {
          socket.send(JSON.stringify({ type: 'connection_ack' }));
        } else if (type === 'subscribe') {
          next({ kind: 'RESET', position: 'p0' });
          drive = () => {
            for (let i = 0; i < VEHICLES / 20; i++) {
              const vehicle = sent++ % VEHICLES;
              next({ kind: 'SESSION', id: `s${vehicle}`, position: `p${sent}`, session: session(vehicle, Math.floor(sent / VEHICLES) + 2) });
            }
          };
        }
      });
    });
    await page.goto('/dispatch');
    await page.locator('.badge', { hasText: 'Live' }).waitFor();
    await page.locator('.map-buttons').waitFor();
    await page.waitForFunction((count) => document.querySelectorAll('.job').length === count, VEHICLES);
    const still = await workOf(page);
    timer = setInterval(drive, FIX_EVERY_MS / 20);
    const moving = await workOf(page);
    const answers = [];
    for (let i = 0; i < CLICKS; i++) {
      answers.push(await page.evaluate(clickAndWait, i));
    }
    if (process.env.TOWLINE_FRAMES) {
      console.error({ answers, still, moving });
    }
    assert.ok(median(answers) <= ANSWER_MS, `clicks take ${answers.map(Math.round)} ms`);
    assert.ok(moving.scriptMs - still.scriptMs <= SCRIPT_MS, `${moving.scriptMs} ms of script a batch, without moves ${still.scriptMs} ms`);
    // not by a locator, which waits for a page that has nothing to do
    const firstRow = () => page.evaluate(() => document.querySelector('.job').innerText);
    const shown = await firstRow();
    await page.waitForTimeout(2_500);
    assert.notEqual(await firstRow(), shown, 'the list goes on');
    assert.deepEqual(trouble, []);
  } finally {
    clearInterval(timer);
    await close();
  }
}

/** What the main thread of the page does in a while: processor time in milliseconds for each batch of changes, and how often it draws. */
async function workOf(page) {
  const devTools = await page.context().newCDPSession(page);
  // time during which the thread runs, however much else the machine has to do
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metrics = async () => Object.fromEntries((await devTools.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  const before = await metrics();
  const { count, longTasks, tookMs } = await page.evaluate(framesIn, MEASURED_MS);
  const after = await metrics();
  await devTools.detach();
  const ofBatch = (name) => ((after[name] - before[name]) * 1000) / (tookMs / BATCH_EVERY_MS);
  return {
    scriptMs: ofBatch('ScriptDuration'),
    layoutMs: ofBatch('LayoutDuration') + ofBatch('RecalcStyleDuration'),
    allMs: ofBatch('TaskDuration'),
    framesASecond: (count * 1000) / tookMs,
    longTasks,
  };
}

/** In the page: the frames in that time, and the tasks that took more than 50 ms. */
async function framesIn(ms) {
  let [count, longTasks] = [0, 0];
  const observer = new PerformanceObserver((list) => (longTasks += list.getEntries().length));
  observer.observe({ type: 'longtask' });
  const from = performance.now();
  while (performance.now() - from < ms) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    count++;
  }
  observer.disconnect();
  return { count, longTasks, tookMs: performance.now() - from };
}

/** In the page: how long it takes from a click on a row to the next frame after its panel is there, in milliseconds. */
async function clickAndWait(i) {
  const row = document.querySelectorAll('.job')[i * 3];
  const name = row.querySelector('.job-line').textContent;
  const clickedMs = performance.now();
  row.click();
  while (document.querySelector('.detail .vendor-line strong')?.textContent !== name) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await new Promise((resolve) => requestAnimationFrame(resolve));
  return performance.now() - clickedMs;
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
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
  const to = from + PAGE_SIZE;
  const edges = Array.from({ length: PAGE_SIZE }, (_, i) => ({ node: session(from + i, 1) }));
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
      // 22 m each second
      latitude: position.latitude + 0.0002 * version,
      longitude: position.longitude,
      recordedAt: new Date().toISOString(),
      headingDegrees: 0,
    },
    eta: { arrivesAt: new Date(Date.now() + 3_000_000 - version * 60_000).toISOString(), distanceMeters: 4_000 },
  };
}
