// What the checks of all pages have in common.
import assert from 'node:assert/strict';
import axe from 'axe-core';

export const PHONE = { width: 360, height: 740 };

/** The processor draws the maps of a browser without a graphics card. */
export const PATIENCE_SECONDS = 60;

export async function isAccessible(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  assert.deepEqual(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`), []);
}

/** Waits until what has these words has the focus. */
export async function focused(page, text) {
  await page.waitForFunction((wanted) => document.activeElement !== document.body && document.activeElement.innerText.includes(wanted), text);
}

/** Nothing is wider than the screen. */
export async function fitsItsScreen(page) {
  const [width, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(width <= seen, `${width} px wide on a screen of ${seen}`);
}

/** Nothing is wider than the screen, and what one taps is as big as a thumb. */
export async function fitsAPhone(page) {
  await fitsItsScreen(page);
  for (const target of await page.locator('a, button:not([role=switch]), input, select').all()) {
    const { width: wide, height: high } = await target.boundingBox();
    assert.ok(wide >= 44 && high >= 44, `${await target.innerText()} is ${wide} x ${high} px`);
  }
}

const FIRST_LOAD_BYTES = 250_000;

/** What a page has asked for until it was there is small, and the map is no part of it. */
export async function loadsLittle(service, paths) {
  assert.ok(paths.filter((path) => path.startsWith('/web/assets/')).length >= 2, `only ${paths}`);
  assert.ok(!paths.some((path) => /maplibre|(base|board|session)Map|city|land/i.test(path)), `${paths}`);
  const sizes = await Promise.all(paths.filter((path) => path !== '/graphql').map((path) => compressedBytes(service, path)));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  assert.ok(bytes > 10_000 && bytes < FIRST_LOAD_BYTES, `${bytes} bytes`);
}

/** Asked for anew, because the browser keeps what it had for an earlier check. */
async function compressedBytes(service, path) {
  const response = await fetch(service + path, { headers: { 'accept-encoding': 'br' } });
  return Number(response.headers.get('content-length') ?? (await response.arrayBuffer()).byteLength);
}

/** Notes from now on every text of the page that says that the viewer may not see something. */
export async function noteRefusals(page) {
  await page.evaluate(() => {
    globalThis.refusals = [];
    new MutationObserver(() => {
      const text = document.body.innerText;
      if (/cannot see|Sign in|no such/i.test(text)) {
        globalThis.refusals.push(text);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

export function refusals(page) {
  return page.evaluate(() => globalThis.refusals);
}

/** Each update once, in order. */
export function areWhole(updates) {
  updates.slice(1).forEach(({ sequence, missed }, i) => assert.equal(sequence, updates[i].sequence + 1 + (missed ?? 0)));
}

/** All that a page keeps and shows in its address, where no token may be in a place that outlives the tab. */
export async function keptForLong(page) {
  return page.evaluate(() => JSON.stringify([{ ...localStorage }, document.cookie, window.location.href]));
}
