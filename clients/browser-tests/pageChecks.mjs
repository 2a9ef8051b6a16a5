// What holds for every page.
import assert from 'node:assert/strict';
import axe from 'axe-core';

/** axe finds nothing serious. */
export async function isAccessible(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  assert.deepEqual(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`), []);
}

/** Nothing has to be scrolled to the side. */
export async function fitsItsScreen(page) {
  const [width, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(width <= seen, `${width} px wide on a screen of ${seen}`);
}

/** Asked for anew, because the browser keeps what it had for an earlier check. */
export async function compressedBytes(service, path) {
  const response = await fetch(service + path, { headers: { 'accept-encoding': 'br' } });
  return Number(response.headers.get('content-length') ?? (await response.arrayBuffer()).byteLength);
}
