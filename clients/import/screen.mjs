const BAR_CHARACTERS = 30;
/** Between two lines where there is no terminal. */
const LINE_MS = 5_000;
const MIB = 1024 * 1024;

/** A bar of a fixed width for a part from 0 to 1. */
export function barOf(part) {
  const full = Math.round(Math.min(1, Math.max(0, part)) * BAR_CHARACTERS);
  return `[${"#".repeat(full)}${" ".repeat(BAR_CHARACTERS - full)}]`;
}

/** One line about a job. */
export function lineOf({ status, progress, rowsDone, rowsTotal, rowsChanged, errorCount }) {
  const rows = rowsTotal === null ? `${rowsDone} rows` : `${rowsDone} of ${rowsTotal} rows`;
  return `${barOf(progress)} ${percent(progress)}  ${rows}, ${rowsChanged} changed, ${errorCount} with errors  ${status}`;
}

/** The text at the end: what became of the rows, and which were bad. */
export function summaryOf({ id, status, rowsDone, rowsChanged, errorCount, errors, warnings }) {
  const lines = [`Job ${id} ${status}: ${rowsDone} rows, ${rowsChanged} of them changed a vendor, ${errorCount} had errors.`];
  lines.push(...warnings.map((warning) => `  warning: ${warning}`));
  lines.push(...errors.map(({ line, reason }) => (line === null ? `  ${reason}` : `  line ${line}: ${reason}`)));
  if (errorCount > errors.length) {
    lines.push(`  and ${errorCount - errors.length} more`);
  }
  return lines.join("\n");
}

/**
 * Shows progress: one line that is written anew on a terminal, elsewhere a line now and then.
 *
 * @param {{isTTY?: boolean, columns?: number, write: (text: string) => void}} stream
 * @param {() => number} [nowMs]
 */
export function progress(stream, nowMs = () => performance.now()) {
  let lastMs = -Infinity;
  let last = "";
  const show = (line, isLast) => {
    if (stream.isTTY) {
      stream.write(`\r\x1b[2K${line.slice(0, (stream.columns ?? 80) - 1)}`);
      last = line;
    } else if ((isLast || nowMs() - lastMs >= LINE_MS) && line !== last) {
      lastMs = nowMs();
      last = line;
      stream.write(`${line}\n`);
    }
  };
  return {
    sent: (bytes, total) => show(`${barOf(bytes / total)} ${percent(bytes / total)}  ${(bytes / MIB).toFixed(1)} MiB sent`, bytes === total),
    job: (job) => show(lineOf(job), job.endedAt !== null),
    done: () => {
      if (stream.isTTY && last !== "") {
        stream.write("\n");
        last = "";
      }
    },
  };
}

function percent(part) {
  return `${Math.floor(Math.min(1, part) * 100)} %`.padStart(5);
}
