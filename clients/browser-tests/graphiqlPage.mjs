// GraphiQL as a person uses it.

/** Steps on an open GraphiQL page. */
export class GraphiQlPage {
  constructor(page) {
    this.page = page;
  }

  async open(path = '/graphiql') {
    await this.page.goto(path);
    await this.page.locator('.graphiql-execute-button').waitFor();
    // the editors come after the frame, and the schema after them
    await this.page.waitForFunction(() => globalThis.__MONACO?.editor.getModels().length >= 4);
    return this;
  }

  async tabs() {
    return this.page.locator('.graphiql-tab-button').allInnerTexts();
  }

  async showTab(name) {
    await this.page.locator('.graphiql-tab-button', { hasText: name }).click();
  }

  /** What stands in an editor: operation, variables, request-headers or response. */
  async text(editor) {
    return this.page.evaluate(
      (name) => globalThis.__MONACO.editor.getModels().find(({ uri }) => uri.path.includes(name)).getValue(),
      editor,
    );
  }

  async write(editor, text) {
    await this.page.evaluate(
      ([name, value]) => globalThis.__MONACO.editor.getModels().find(({ uri }) => uri.path.includes(name)).setValue(value),
      [editor, text],
    );
  }

  async pressRun() {
    await this.page.locator('.graphiql-execute-button').click();
  }

  /** Runs what is in front and returns the answer. */
  async run() {
    await this.write('response', '');
    await this.pressRun();
    return this.answer(() => true);
  }

  /** Runs the tab of that name and returns the answer. */
  async runTab(name) {
    await this.showTab(name);
    return this.run();
  }

  /** The first answer that fits; fails if there is none in time. */
  async answer(fits, timeoutMs = 20_000) {
    const end = Date.now() + timeoutMs;
    let text = '';
    while (Date.now() < end) {
      text = await this.text('response');
      const answer = parsed(text);
      if (answer && fits(answer)) {
        return answer;
      }
      await this.page.waitForTimeout(50);
    }
    throw new Error(`no such answer, the last was: ${text || 'none'}`);
  }

  /** Waits until `count` different updates of a subscription were shown, and returns them. */
  async updates(count) {
    const seen = new Map();
    await this.answer(({ data, errors }) => {
      if (errors) {
        throw new Error(JSON.stringify(errors));
      }
      const update = data?.onTrackingUpdated;
      update && seen.set(update.sequence, update);
      return seen.size >= count;
    });
    return [...seen.values()];
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
