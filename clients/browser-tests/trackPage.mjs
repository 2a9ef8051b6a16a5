// The tracking screen as a watcher sees it.
import { DESKTOP } from './browser.mjs';
import { fitsItsScreen, PHONE } from './pages.mjs';

/** The direction of something, in degrees from 0 to 360. */
export function clockwise(right, up) {
  return ((Math.atan2(right, up) * 180) / Math.PI + 360) % 360;
}

/** How many different places of the vehicle were shown strictly between two recorded times: none where it jumps over them. */
export function placesBetween(shown, fromMs, toMs) {
  return new Set(shown.filter((recordedMs) => fromMs < recordedMs && recordedMs < toMs)).size;
}

/** Of `placesBetween`, by which one sees that a vehicle went along its way. Few, because a busy machine draws few pictures a second. */
export const SOME_PLACES = 2;

/** Steps on an open tracking screen. */
export class TrackPage {
  /** What the streams have brought, in the order in which it came. */
  updates = [];
  /** The variables of each subscription, and the number of the last update that came before it. */
  subscriptions = [];
  /** The payload of each `connection_init`. */
  credentials = [];

  constructor(page) {
    this.page = page;
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => {
        const { type, payload: content } = JSON.parse(payload);
        type === 'connection_init' && this.credentials.push(content);
        type === 'subscribe' && this.subscriptions.push({ ...content.variables, seen: this.updates.at(-1)?.sequence });
      });
      socket.on('framereceived', ({ payload }) => {
        const { type, payload: content } = JSON.parse(payload);
        type === 'next' && this.updates.push(content.data.onTrackingUpdated);
      });
    });
  }

  async open(url) {
    await this.page.goto(url);
    return this;
  }

  badge(text) {
    return this.page.locator('.badge', { hasText: text }).waitFor();
  }

  title(text) {
    return this.page.locator('h1', { hasText: text }).waitFor();
  }

  vehicle() {
    return this.page.locator('.vehicle').waitFor();
  }

  /** Since when the vehicle is silent, as the badge tells it, in seconds. */
  async silentForSeconds() {
    return Number((await this.page.locator('.badge').innerText()).match(/(\d+) s ago/)[1]);
  }

  /** The minutes of the headline. */
  async minutes() {
    return Number((await this.page.locator('h1').innerText()).match(/^(\d+) min$/)[1]);
  }

  /** Where the headline begins, in CSS pixels from the top of the panel, on a desktop and on a phone. */
  async headTops() {
    const before = this.page.viewportSize();
    const tops = [];
    for (const viewport of [DESKTOP, PHONE]) {
      await this.page.setViewportSize(viewport);
      tops.push(await this.page.locator('.panel').evaluate((panel) => panel.querySelector('.head').getBoundingClientRect().y - panel.getBoundingClientRect().y));
      await fitsItsScreen(this.page);
    }
    await this.page.setViewportSize(before);
    return tops;
  }

  /** Until the map has drawn what it has. */
  async drawn() {
    await this.vehicle();
    await this.page.locator('.canvas canvas').waitFor();
    await this.page.waitForTimeout(2_500);
  }

  /** Notes with each frame of the screen where the vehicle is and which recorded time is shown, from now on. */
  async note() {
    await this.page.evaluate(() => {
      globalThis.noted = [];
      const each = () => {
        const vehicle = document.querySelector('.vehicle');
        vehicle && globalThis.noted.push([Number(vehicle.dataset.recorded), vehicle.getBoundingClientRect().y]);
        requestAnimationFrame(each);
      };
      each();
    });
  }

  /** Since `note`: recorded times in milliseconds. */
  async noted() {
    return (await this.page.evaluate(() => globalThis.noted)).map(([recordedMs]) => recordedMs);
  }

  /** In which direction of the vehicle the pin of the incident stands, in degrees clockwise from the top, and whether the map shows it. */
  async pin() {
    const box = (locator) => locator.boundingBox();
    const [map, vehicle, pin] = await Promise.all([
      box(this.page.locator('.canvas')),
      box(this.page.locator('.vehicle')),
      box(this.page.getByRole('img', { name: 'Where help is needed' })),
    ]);
    const tip = { x: pin.x + pin.width / 2, y: pin.y + pin.height };
    const isInView = pin.x > map.x && pin.y > map.y && pin.x + pin.width < map.x + map.width && tip.y < map.y + map.height;
    return { degrees: clockwise(tip.x - (vehicle.x + vehicle.width / 2), vehicle.y + vehicle.height / 2 - tip.y), isInView };
  }

  /** When the fixes that came were recorded, in milliseconds. */
  fixes() {
    return this.updates.flatMap(({ location }) => (location ? [Date.parse(location.recordedAt)] : []));
  }

  async text() {
    return this.page.locator('body').innerText();
  }
}
