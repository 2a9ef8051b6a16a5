import { readFileSync, readdirSync } from "node:fs";

/** Linux counts CPU time in hundredths of a second on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/** In the embedded run DynamoDB Local is a part of the service's process; its threads have this name, cut by Linux to 15 bytes. */
const DYNAMODB_THREADS = "dynamodb-local-";

/**
 * CPU seconds used so far by each part, told apart. Parts whose process is not known or not on this machine are left out.
 *
 * @param {Record<string, number>} pids by part: `service`, `dynamodb`, `redis`
 * @param {string} [proc] where Linux tells of processes
 * @returns {Record<string, number>} with `harness`, this process
 */
export function cpuSeconds(pids, proc = "/proc") {
  const { user, system } = process.cpuUsage();
  const found = { harness: (user + system) / 1e6 };
  for (const [part, pid] of Object.entries(pids)) {
    const seconds = read(`${proc}/${pid}/stat`);
    if (seconds !== undefined) {
      found[part] = seconds;
    }
  }
  if (found.service !== undefined && found.dynamodb === undefined) {
    const within = threadSeconds(pids.service, proc);
    found.dynamodb = within;
    found.service -= within;
  }
  return found;
}

/** @param {Record<string, number>} before @param {Record<string, number>} after @returns {Record<string, number>} what was used between */
export function used(before, after) {
  return Object.fromEntries(
    Object.entries(after).flatMap(([part, seconds]) =>
      before[part] === undefined ? [] : [[part, seconds - before[part]]],
    ),
  );
}

function threadSeconds(pid, proc) {
  return readdirSync(`${proc}/${pid}/task`)
    .map((thread) => read(`${proc}/${pid}/task/${thread}/stat`, DYNAMODB_THREADS) ?? 0)
    .reduce((sum, seconds) => sum + seconds, 0);
}

/** Of a process or a thread, if its name begins so; see proc(5): the name is in parentheses, utime and stime are the fields 14 and 15. */
function read(file, name = "") {
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined; // it is gone, or this is not Linux
  }
  const end = text.lastIndexOf(")");
  const fields = text.slice(end + 2).split(" ");
  const isNamed = text.slice(text.indexOf("(") + 1, end).startsWith(name);
  return isNamed ? (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND : undefined;
}
