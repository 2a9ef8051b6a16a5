// Headless Chromium, and what a page must not do unnoticed.
import sparticuz from '@sparticuz/chromium';
import { chromium } from 'playwright-core';

const bundled = process.platform === 'linux' && process.arch === 'x64';

const NO_NAMES = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost';

/**
 * Only what a page draws with WebGL is drawn by code for graphics cards, which the processor here has to imitate. The page around it is drawn by code for
 * processors, which costs half as much in all.
 */
const PLAIN_PAGES = ['--disable-gpu-compositing', '--disable-gpu-rasterization'];

/**
 * The bundled Chromium where it runs, else an installed Chrome. No name but the service's address is resolved.
 *
 * @param graphics whether pages can use WebGL, which the processor draws here: as slow as it is. Without it they show no map
 */
export async function launch({ graphics = false } = {}) {
  sparticuz.setGraphicsMode = graphics;
  return chromium.launch({
    ...(bundled
      ? { executablePath: await sparticuz.executablePath(), args: [...sparticuz.args.filter(isHarmless), NO_NAMES, ...PLAIN_PAGES] }
      : { channel: 'chrome', args: [NO_NAMES, ...PLAIN_PAGES] }),
    headless: true,
  });
}

// single-process falls over when a page is closed
function isHarmless(argument) {
  return !['--single-process', '--no-zygote', '--disable-web-security'].includes(argument) && !argument.startsWith('--headless');
}

/** As big as a page is where nobody looks at its picture: the processor draws each pixel of a map. */
const SMALL = { width: 1100, height: 700 };
export const DESKTOP = { width: 1440, height: 900 };

/**
 * A page of a visitor of its own, with `trouble`: what went wrong so far, in words. Maps do not glide to a place unless they are `animated`, for each step on the
 * way is a picture that the processor draws. Visitors share what the browser has cached, but not `fresh` ones, who
 * leave a page that is open what it has stored.
 */
export async function visit(browser, base, { colorScheme = 'light', viewport = SMALL, animated = false, fresh = false } = {}) {
  const context = (!fresh && browser.contexts()[0]) || (await browser.newContext({ baseURL: base }));
  const page = await context.newPage();
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme, reducedMotion: animated ? 'no-preference' : 'reduce' });
  const devTools = await context.newCDPSession(page);
  await devTools.send('Storage.clearDataForOrigin', { origin: new URL(base).origin, storageTypes: 'all' });
  page.setDefaultTimeout(20_000);
  const trouble = [];
  const host = new URL(base).host;
  const outside = (url) => /^(https?|wss?):/.test(url) && new URL(url).host !== host;
  page.on('request', (request) => outside(request.url()) && trouble.push(`asked another host: ${request.url()}`));
  page.on('websocket', (socket) => outside(socket.url()) && trouble.push(`asked another host: ${socket.url()}`));
  page.on('pageerror', (error) => trouble.push(`threw: ${error.stack}`));
  page.on('console', (message) => message.type() === 'error' && trouble.push(`console: ${message.text()}`));
  page.on('response', (response) => response.status() >= 400 && trouble.push(`${response.status()}: ${response.url()}`));
  return { page, trouble, close: () => (fresh ? context.close() : page.close()) };
}
