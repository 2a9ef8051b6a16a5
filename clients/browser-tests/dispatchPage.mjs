// The dispatch board as a dispatcher sees it.
import assert from 'node:assert/strict';

/** Steps on an open board. */
export class DispatchPage {
  /** What the streams have brought, in the order in which it came. */
  changes = [];
  /** The `after` of each subscription, and the position of the last change that came before it. */
  subscriptions = [];

  constructor(page) {
    this.page = page;
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => {
        const { type, payload: content } = JSON.parse(payload);
        type === 'subscribe' && this.subscriptions.push({ after: content.variables.after, seen: this.changes.at(-1)?.position });
      });
      socket.on('framereceived', ({ payload }) => {
        const { type, payload: content } = JSON.parse(payload);
        type === 'next' && this.changes.push(content.data.onDispatchChanged);
      });
    });
  }

  /** As somebody of a town. */
  async open(base, town, viewer) {
    const stored = await town.signIn(viewer);
    await this.page.addInitScript((text) => sessionStorage.setItem('towline.signin.local', text), stored);
    await this.page.goto(`${base}/dispatch`);
    await (viewer?.role === 'CALLER' ? this.page.getByText('Not for this role').waitFor() : this.badge('Live'));
    return this;
  }

  badge(text) {
    return this.page.locator('.badge', { hasText: text }).waitFor();
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  row(text) {
    return this.page.locator('.job', { hasText: text });
  }

  /** The panel of a job or a form. */
  get detail() {
    return this.page.locator('.detail');
  }

  async choose(text) {
    await this.row(text).click();
    await this.detail.waitFor();
  }

  /** Until the panel tells that the job is so far. */
  async status(text) {
    await this.page.locator('.detail > header .chip', { hasText: text }).waitFor();
  }

  async vendors() {
    await this.page.locator('.vendors li').first().waitFor();
    return this.page.locator('.vendors strong').allInnerTexts();
  }

  async assign(name) {
    await this.button(`Assign ${name}`).click();
  }

  said(text) {
    return this.page.locator('[role=status]', { hasText: text }).waitFor({ state: 'attached' });
  }

  /** Clicks on the map, so far from its centre, in CSS pixels. */
  async clickMap(right, down, button = 'left') {
    const { x, y, width, height } = await this.map().boundingBox();
    await this.page.mouse.click(x + width / 2 + right, y + height / 2 + down, { button });
  }

  map() {
    return this.page.locator('.canvas .maplibregl-canvas');
  }

  /** Until the map has drawn what it has, and stands still. */
  async drawn() {
    await this.map().waitFor();
    await this.page.locator('.map-buttons').waitFor();
    await this.page.waitForTimeout(2_000);
  }

  /** Where the only vehicle in view stands, in CSS pixels of the map: the middle of what has its colour, where the map takes the mouse for one on its job. */
  async vehicle() {
    const { x, y, pixels, wide, high } = await this.page.locator('.marks').evaluate((canvas) => {
      const probe = canvas.parentElement.appendChild(document.createElement('i'));
      probe.style.color = 'var(--accent)';
      const colour = getComputedStyle(probe).color.match(/\d+/g).map(Number);
      probe.remove();
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      const found = [];
      for (let i = 0; i < data.length; i += 4) {
        // what shines through is the ring around it
        if (data[i + 3] > 250 && colour.every((part, channel) => Math.abs(data[i + channel] - part) <= 8)) {
          found.push([(i / 4) % canvas.width, Math.floor(i / 4 / canvas.width)].map((part) => part / window.devicePixelRatio));
        }
      }
      const [left, top, right, bottom] = [Math.min, Math.max].flatMap((most) => [0, 1].map((axis) => found.reduce((edge, place) => most(edge, place[axis]), found[0]?.[axis])));
      return { x: (left + right) / 2, y: (top + bottom) / 2, pixels: found.length, wide: right - left, high: bottom - top };
    });
    assert.ok(pixels > 200 && wide < 40 && high < 40, `one vehicle, and not ${pixels} pixels, ${wide} wide and ${high} high`);
    const map = await this.map().boundingBox();
    await this.page.mouse.move(map.x + x, map.y + y);
    await this.page.waitForFunction(() => document.querySelector('.canvas .maplibregl-canvas').style.cursor === 'pointer');
    return { x, y };
  }

  /** The rows of the open panel that tell how old fixes are, from top to bottom. */
  async ages() {
    const rows = this.page.locator('.freshness table', { hasText: 'How old the last fix' }).locator('tr[data-stale]');
    await rows.first().waitFor();
    return rows.evaluateAll((all) =>
      all.map((row) => ({ vendor: row.querySelector('th').innerText, age: row.querySelector('td').innerText, stale: row.dataset.stale })));
  }

  async place() {
    const number = async (label) => Number(await this.page.getByLabel(label).inputValue());
    return { latitude: await number('Latitude'), longitude: await number('Longitude') };
  }

  async isEmpty() {
    await this.page.getByText('No open incidents').waitFor();
    assert.equal(await this.page.locator('.job').count(), 0);
  }
}
