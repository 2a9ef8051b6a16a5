// Checks the pages of a running service: node run.mjs http://127.0.0.1:8080 <folder for screenshots> <id of a moving session>
import { mkdirSync } from 'node:fs';
import { launch } from './browser.mjs';
import { graphiql } from './graphiql.mjs';
import { startPage } from './start.mjs';

const [base, screenshots, moving] = process.argv.slice(2);

mkdirSync(screenshots, { recursive: true });
const browser = await launch();
try {
  await startPage(browser, base, screenshots, moving);
  await graphiql(browser, base, screenshots, moving);
} finally {
  await browser.close();
}
