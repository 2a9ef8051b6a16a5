// Installs and builds npm projects of this folder, each only where something has changed since: node clients/build.mjs graphiql
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const MADE = new Set(['node_modules', 'dist', 'generated']);
const INSTALL = ['package.json', 'package-lock.json', '.npmrc'];

const clients = process.env.TOWLINE_CLIENTS ?? dirname(fileURLToPath(import.meta.url));
const windows = process.platform === 'win32';

requireNode();
process.argv.slice(2).forEach(build);

function build(name) {
  const project = join(clients, name);
  // beside what was installed and not in target/, so that `mvn clean` does not cost another build
  const installed = join(project, 'node_modules', '.installed');
  const built = join(project, 'node_modules', '.built');
  const packages = hash(project, INSTALL);
  if (read(installed) !== packages) {
    rmSync(built, { force: true });
    npm(project, 'ci', '--prefer-offline', '--loglevel=error');
    // a project without packages gets no such folder
    mkdirSync(dirname(installed), { recursive: true });
    writeFileSync(installed, packages);
  }
  const { scripts, towline } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  // folders beside the project that its build reads
  const inputs = towline?.inputs ?? [];
  const sources = hash(project, [...files(project), ...inputs.flatMap((folder) => files(project, folder))]);
  if (scripts?.build && (read(built) !== sources || !existsSync(join(project, 'dist')))) {
    rmSync(built, { force: true });
    npm(project, 'run', '--silent', 'build');
    writeFileSync(built, sources);
  }
}

function npm(project, ...words) {
  console.log(`clients/${relative(clients, project)}: npm ${words.join(' ')}`);
  const { status, error } = spawnSync('npm', words, { cwd: project, stdio: 'inherit', shell: windows });
  if (status !== 0) {
    refuse(`npm ${words[0]} failed in clients/${relative(clients, project)}${error ? `: ${error.message}` : ''}`);
  }
}

/** One SHA-256 over the names and contents of `paths`. */
function hash(project, paths) {
  const sum = createHash('sha256').update(process.versions.node.split('.')[0]);
  for (const path of paths) {
    const content = readFileSync(join(project, path));
    sum.update(`\0${path}\0${content.length}\0`).update(content);
  }
  return sum.digest('hex');
}

function files(project, folder = '') {
  return readdirSync(join(project, folder), { withFileTypes: true })
    .filter((entry) => !MADE.has(entry.name))
    .flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      return entry.isDirectory() ? files(project, path) : [path];
    })
    .sort();
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const enough = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
  if (!enough) {
    refuse(`Towline's pages need Node 20.19 or later (not 21, and of 22 at least 22.12) to be built, and this is ${process.versions.node}.`);
  }
}

function refuse(why) {
  console.error(why);
  process.exit(1);
}
