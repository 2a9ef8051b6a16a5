const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** What is left, in words and as steps: it falls by whole minutes, and by seconds in the last one. `null`: the time has come. */
export function remaining(leftMs: number): string | null {
  if (leftMs < SECOND_MS) {
    return null;
  }
  if (leftMs < MINUTE_MS) {
    return `${Math.floor(leftMs / SECOND_MS)} s`;
  }
  // 90 s are 2 minutes: who is told a minute too few waits
  const minutes = Math.ceil(leftMs / MINUTE_MS);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How long ago: "just now", "40 s ago", "3 min ago", "2 h ago". */
export function ago(passedMs: number): string {
  if (passedMs < 5 * SECOND_MS) {
    return 'just now';
  }
  if (passedMs < 90 * SECOND_MS) {
    return `${Math.floor(passedMs / SECOND_MS)} s ago`;
  }
  return passedMs < HOUR_MS ? `${Math.round(passedMs / MINUTE_MS)} min ago` : `${Math.round(passedMs / HOUR_MS)} h ago`;
}

/** The time of day, with the date if it is another day. */
export function clockTime(ms: number, locale: string, nowMs: number): string {
  const sameDay = new Date(ms).toDateString() === new Date(nowMs).toDateString();
  return new Intl.DateTimeFormat(locale, {
    hour: 'numeric',
    minute: '2-digit',
    ...(sameDay ? {} : { month: 'short', day: 'numeric' }),
  }).format(ms);
}
