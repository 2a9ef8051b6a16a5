// Installs this project's packages, unless that was done for the same lock file already: node install.mjs
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const here = new URL('.', import.meta.url);
const stamp = new URL('node_modules/.installed', here);

const wanted = createHash('sha256')
  .update(readFileSync(new URL('package.json', here)))
  .update(readFileSync(new URL('package-lock.json', here)))
  .digest('hex');

function installed() {
  try {
    return readFileSync(stamp, 'utf8');
  } catch {
    return '';
  }
}

if (installed() !== wanted) {
  const windows = process.platform === 'win32';
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit', shell: windows });
  if (status !== 0) {
    console.error('npm ci failed in clients/conformance');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
