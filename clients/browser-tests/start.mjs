// What the start page must do.
import assert from 'node:assert/strict';
import { visit } from './browser.mjs';
import { GraphiQlPage } from './graphiqlPage.mjs';
import { STEPS } from './graphiql.mjs';
import { check } from '../lib/checks.mjs';

/** `moving` is a session on its way; a newer one stands still. */
export async function startPage(browser, base, screenshots, moving) {
  const withPage = async (run, { expectsTrouble = false, ...options } = {}) => {
    const { page, trouble, close } = await visit(browser, base, options);
    try {
      await run(page);
      assert.ok(expectsTrouble || trouble.length === 0, trouble.join('\n'));
    } finally {
      await close();
    }
  };
  const state = (page, wanted) => page.locator(`#live[data-state=${wanted}]`).waitFor();

  await check('the start page shows that the service is ready', () =>
    withPage(async (page) => {
      await page.goto('/');
      await page.locator('#health[data-state=up]', { hasText: 'ready' }).waitFor();
      await state(page, 'active');
      assert.match(await page.locator('#live-text').innerText(), /\d\s(mi|ft) to go\.$/);
      await page.screenshot({ path: `${screenshots}/start.png`, fullPage: true });
    }));

  await check('its live session opens on the tracking screen', () =>
    withPage(async (page) => {
      await page.goto('/');
      await page.locator('#live-link').click();
      await page.waitForURL(`**/track/${moving}`);
      await page.locator('.badge', { hasText: 'Live' }).waitFor();
      await page.getByRole('heading', { name: 'Hill Country Towing' }).waitFor();
    }));

  await check('its live session opens in GraphiQL and moves', () =>
    withPage(async (page) => {
      await page.goto('/');
      await page.locator('#live-graphiql').click();
      const graphiQl = new GraphiQlPage(page);
      await page.waitForFunction(() => globalThis.__MONACO?.editor.getModels().length >= 4);
      assert.ok((await graphiQl.text('variables')).includes(moving));
      await graphiQl.updates(2);
      assert.deepEqual(await graphiQl.tabs(), STEPS, 'in the tab of that step');
      await page.screenshot({ path: `${screenshots}/graphiql-live.png` });
    }));

  await check('every link of the start page leads somewhere', () =>
    withPage(async (page) => {
      await page.goto('/');
      await state(page, 'active');
      const links = await page.locator('a[href]').evaluateAll((anchors) => anchors.map((anchor) => anchor.href));
      assert.ok(links.length >= 7, `only ${links}`);
      for (const link of links) {
        assert.ok(link.startsWith(base), link);
        assert.equal((await page.request.get(link)).status(), 200, link);
      }
    }));

  await check('where no session is active the start page says so', () =>
    withPage(async (page) => {
      await page.route('**/graphql', (route) => route.fulfill({ json: { data: { underway: { edges: [] }, active: { edges: [] } } } }));
      await page.goto('/');
      await state(page, 'none');
      assert.ok(await page.locator('#live-link').isHidden());
      assert.ok(await page.locator('#live-graphiql').isHidden());
    }));

  await check('the start page follows the health of the service', () =>
    withPage(async (page) => {
      await page.goto('/');
      await page.locator('#health[data-state=up]').waitFor();
      await page.route('**/readiness', (route) =>
        route.fulfill({ status: 503, json: { status: 'DOWN', components: { redis: { status: 'UP' }, dynamodb: { status: 'DOWN' } } } }));
      await page.locator('#health[data-state=down]', { hasText: 'down' }).waitFor();
      await page.getByText('DynamoDB down').waitFor();
    }, { expectsTrouble: true }));

  await check('the start page fits a phone, in the dark', () =>
    withPage(
      async (page) => {
        await page.goto('/');
        await state(page, 'active');
        const [width, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        assert.ok(width <= seen, `${width} px wide on a screen of ${seen}`);
        await page.screenshot({ path: `${screenshots}/start-phone-dark.png`, fullPage: true });
      },
      { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
    ));
}
