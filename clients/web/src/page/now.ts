import { signal } from '@preact/signals';
import { serverClock } from '../api/clock';

const TICK_MS = 1_000;

/** The service's time, in milliseconds since 1970, told once a second. */
export const now = signal(serverClock.now());

setInterval(() => (now.value = serverClock.now()), TICK_MS);
