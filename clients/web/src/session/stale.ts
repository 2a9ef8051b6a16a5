import type { SessionStatus } from '../../generated/graphql';

/** A vehicle that is on its way and was not heard of for so long is not where it is shown. */
const STALE_AFTER_MS = 30_000;

/**
 * Whether a vehicle was not heard of for long.
 *
 * @param nowMs the service's time
 */
export function isOverdue(status: SessionStatus | null, newest: { readonly recordedMs: number } | null, nowMs: number): boolean {
  const moves = status === 'ASSIGNED' || status === 'EN_ROUTE';
  return moves && newest !== null && nowMs - newest.recordedMs > STALE_AFTER_MS;
}
