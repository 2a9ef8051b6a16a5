/** A device whose clock is nearer than this to the service's is taken to be right: the header has whole seconds only. */
const TOLERANCE_MS = 2_000;

/** The service's time. Devices have clocks that are minutes off, and "arrives at" is the service's word. */
export class ServerClock {
  private offsetMs = 0;

  /** @param date the `Date` header of an answer, in whole seconds */
  learn(date: string | null, sentMs: number, receivedMs: number): void {
    const toldMs = Date.parse(date ?? '');
    if (Number.isFinite(toldMs)) {
      const offsetMs = toldMs + 500 - (sentMs + receivedMs) / 2;
      this.offsetMs = Math.abs(offsetMs) > TOLERANCE_MS ? offsetMs : 0;
    }
  }

  /** Milliseconds since 1970. */
  now(deviceMs = Date.now()): number {
    return deviceMs + this.offsetMs;
  }
}

export const serverClock = new ServerClock();
