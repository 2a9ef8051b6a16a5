// What GraphiQL must do.
import assert from 'node:assert/strict';
import { visit } from './browser.mjs';
import { GraphiQlPage } from './graphiqlPage.mjs';
import { check } from '../lib/checks.mjs';

/** The tabs of the journey. */
export const STEPS = ['LookAround', 'ReportIncident', 'FindVendor', 'AssignVendor', 'MoveVehicle', 'FollowVehicle', 'FinishJob'];

/** `moving` is a session whose vehicle moves all the time. */
export async function graphiql(browser, base, screenshots, moving) {
  const withPage = async (run, options) => {
    const { page, trouble, close } = await visit(browser, base, options);
    try {
      await run(new GraphiQlPage(page), page, trouble);
      assert.deepEqual(trouble, []);
    } finally {
      await close();
    }
  };

  await check('GraphiQL opens with the journey, one step a tab', () =>
    withPage(async (graphiQl, page) => {
      const assets = [];
      page.on('response', (response) => response.url().includes('/assets/') && assets.push(response));
      await graphiQl.open();
      assert.deepEqual(await graphiQl.tabs(), STEPS);
      assert.ok(assets.length > 3);
      const cached = assets.filter((asset) => asset.headers()['cache-control'].includes('max-age=31536000'));
      // a name whose hash looks like a word is not taken for one, which may happen to one
      assert.ok(cached.length >= assets.length - 1, `only ${cached.map((asset) => asset.url())} for a year`);
      const script = assets.find((asset) => /index-.*\.js$/.test(asset.url())).headers();
      assert.equal(script['content-encoding'], 'br');
      assert.ok(script['content-length'], 'compressed when it was built, so its length is known');
      const frame = (await page.request.get('/graphiql')).headers();
      assert.equal(frame['cache-control'], 'no-cache');
      assert.ok(frame.etag);
    }));

  await check('a query runs and shows data', () =>
    withPage(async (graphiQl, page) => {
      await graphiQl.open();
      const { data } = await graphiQl.runTab('LookAround');
      assert.ok(data.listTrackingSessions.edges.some(({ node }) => node.id === moving));
      await page.screenshot({ path: `${screenshots}/graphiql-query.png` });
    }));

  await check('a subscription shows updates until it is stopped', () =>
    withPage(async (graphiQl, page) => {
      const sockets = [];
      const sent = [];
      page.on('websocket', (socket) => {
        sockets.push(socket);
        socket.on('framesent', ({ payload }) => sent.push(JSON.parse(payload).type));
      });
      await graphiQl.open();
      await graphiQl.showTab('FollowVehicle');
      await graphiQl.write('variables', JSON.stringify({ sessionId: moving }, null, 2));
      await graphiQl.pressRun();
      const [first, ...later] = await graphiQl.updates(3);
      assert.ok(later.every(({ kind, sequence }) => kind === 'LOCATION' && sequence > first.sequence));
      assert.deepEqual(sent.slice(0, 2), ['connection_init', 'subscribe']);
      await page.screenshot({ path: `${screenshots}/graphiql-subscription.png` });
      assert.equal(sockets.length, 1);
      const closed = sockets[0].waitForEvent('close');
      await graphiQl.pressRun();
      await closed;
    }));

  await check('the journey runs from tab to tab without an id copied by hand', () =>
    withPage(async (graphiQl) => {
      await graphiQl.open();
      const incident = (await graphiQl.runTab('ReportIncident')).data.createIncident;
      const vendor = (await graphiQl.runTab('FindVendor')).data.searchVendorsNearby.edges[0].node;
      const session = (await graphiQl.runTab('AssignVendor')).data.startTrackingSession;
      assert.equal(session.vendor.name, vendor.name);
      assert.equal(session.incident.status, 'ASSIGNED');

      const first = (await graphiQl.runTab('MoveVehicle')).data.updateLocation;
      const second = (await graphiQl.run()).data.updateLocation;
      assert.equal(first.outcome, 'STORED');
      // whoever is quicker than half a second gets LIVE_ONLY
      assert.ok(['STORED', 'LIVE_ONLY'].includes(second.outcome), second.reason);
      assert.ok(second.session.eta.distanceMeters < first.session.eta.distanceMeters, 'it moves towards the incident');
      assert.deepEqual(second.session.incident.position, incident.position);

      await graphiQl.showTab('FollowVehicle');
      await graphiQl.pressRun();
      const [snapshot] = await graphiQl.updates(1);
      assert.equal(snapshot.sequence, second.sequence);

      const finished = (await graphiQl.runTab('FinishJob')).data.updateSessionStatus;
      assert.deepEqual([finished.id, finished.status, finished.incident.status], [session.id, 'COMPLETED', 'RESOLVED']);
    }));

  await check('a step that comes too early says which one is missing', () =>
    withPage(async (graphiQl) => {
      await graphiQl.open();
      assert.match(JSON.stringify(await graphiQl.runTab('MoveVehicle')), /run AssignVendor first/);
    }));

  await check('headers of the editor reach the service, with a query and with a subscription', () =>
    withPage(async (graphiQl) => {
      await graphiQl.open();
      await graphiQl.showTab('LookAround');
      await graphiQl.write('request-headers', '{"X-Towline-Local-Tenant": "elsewhere"}');
      assert.deepEqual((await graphiQl.run()).data.listTrackingSessions.edges, []);
      await graphiQl.showTab('FollowVehicle');
      await graphiQl.write('variables', JSON.stringify({ sessionId: moving }));
      await graphiQl.write('request-headers', '{"X-Towline-Local-Tenant": "elsewhere"}');
      assert.match(JSON.stringify(await graphiQl.run()), /NOT_FOUND/);
    }));

  await check('a token in the headers of the editor says who one is, with a query and with a subscription', () =>
    withPage(async (graphiQl, page) => {
      const response = await page.request.post('/local/token', { data: { role: 'VENDOR', subject: 'v-nobody', tenant: 'default' } });
      const headers = JSON.stringify({ Authorization: `Bearer ${(await response.json()).token}` });
      await graphiQl.open();
      await graphiQl.write('request-headers', headers);
      await graphiQl.write('operation', '{ getViewer { role subject } }');
      assert.deepEqual((await graphiQl.run()).data.getViewer, { role: 'VENDOR', subject: 'v-nobody' });
      await graphiQl.showTab('FollowVehicle');
      await graphiQl.write('variables', JSON.stringify({ sessionId: moving }));
      await graphiQl.write('request-headers', headers);
      assert.match(JSON.stringify(await graphiQl.run()), /NOT_FOUND/, 'a job of somebody else');
    }));

  await check('the explorer and the documentation show the contract', () =>
    withPage(async (graphiQl, page) => {
      await graphiQl.open();
      await page.getByLabel('Show GraphiQL Explorer').click();
      await page.locator('.docExplorerWrap').getByText('getVendors', { exact: true }).first().click();
      await page.waitForFunction(() =>
        globalThis.__MONACO.editor.getModels().some((model) => model.getValue().includes('getVendors')));
      await page.screenshot({ path: `${screenshots}/graphiql-explorer.png` });
      await page.getByLabel('Show Documentation Explorer').click();
      await page.getByText('Root Types').waitFor();
      await page.getByText('TrackingSession', { exact: true }).first().waitFor();
    }));

  await check('a link opens a document of its own and runs it at once', () =>
    withPage(async (graphiQl) => {
      const link = new URLSearchParams({
        query: 'query Linked($id: ID!) { getTrackingSession(id: $id) { id } }',
        variables: JSON.stringify({ id: moving }),
        run: '1',
      });
      await graphiQl.open(`/graphiql?${link}`);
      const { data } = await graphiQl.answer(() => true);
      assert.equal(data.getTrackingSession.id, moving);
      assert.deepEqual(await graphiQl.tabs(), [...STEPS, 'Linked']);
      await graphiQl.open();
      assert.deepEqual(await graphiQl.tabs(), [...STEPS, 'Linked'], 'opened once');
    }));

  await check('a link never runs a mutation', () =>
    withPage(async (graphiQl, page) => {
      const bodies = [];
      page.on('request', (request) => bodies.push(request.postData() ?? ''));
      await graphiQl.open('/graphiql?tab=ReportIncident&run=1');
      await page.waitForFunction(() => document.querySelector('.graphiql-doc-explorer, .graphiql-editors'));
      await page.waitForTimeout(1500);
      assert.ok(bodies.some((body) => body.includes('IntrospectionQuery')));
      assert.deepEqual(bodies.filter((body) => body.includes('createIncident')), []);
      assert.equal(await graphiQl.text('response'), '');
    }));

  await check('GraphiQL is dark for who likes it dark', () =>
    withPage(
      async (graphiQl, page) => {
        await graphiQl.open();
        await graphiQl.runTab('LookAround');
        await page.screenshot({ path: `${screenshots}/graphiql-dark.png` });
      },
      { colorScheme: 'dark' },
    ));
}
