// The page of a vendor as who drives sees it.

/** Steps on an open page. */
export class DrivePage {
  constructor(page, service) {
    this.page = page;
    this.service = service;
  }

  async open() {
    await this.page.goto(`${this.service}/drive`);
    return this;
  }

  /** Signs in by the switch of the embedded stack. */
  async become(vendor) {
    await this.page.getByLabel('Id of the vendor').fill(vendor);
    await this.page.getByRole('button', { name: 'Continue as vendor' }).click();
  }

  title(text) {
    return this.page.locator('h1', { hasText: text }).waitFor();
  }

  /** What stands below the title. */
  hint(text) {
    return this.page.locator('.head p', { hasText: text }).waitFor();
  }

  report(name) {
    return this.page.getByRole('button', { name }).click();
  }

  /** Lets the browser say where it is, which is there. */
  async allow(position) {
    await this.page.context().grantPermissions(['geolocation'], { origin: new URL(this.page.url()).origin });
    await this.at(position);
  }

  async at({ latitude, longitude }) {
    await this.page.context().setGeolocation({ latitude, longitude, accuracy: 8 });
  }

  share() {
    return this.page.getByRole('switch', { name: 'Share my position' }).click();
  }

  sharing(text) {
    return this.page.locator('.switch-card', { hasText: text }).waitFor();
  }
}
