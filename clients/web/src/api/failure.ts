/** Why a request failed or a stream broke off, as far as the next step depends on it. */
export type Failure =
  /** No answer, or a temporary fault: another attempt may succeed, after the time that the service asks for. */
  | { readonly kind: 'lost'; readonly retryAfterMs?: number }
  /** The service does not know the viewer, whom another credential may help; or it knows the viewer, who may not do this. */
  | { readonly kind: 'refused'; readonly forbidden?: true }
  /** There is no such thing for this viewer. */
  | { readonly kind: 'absent' }
  /** Another attempt would fail, too. `code`: that of the service's error, if it answered with one. */
  | { readonly kind: 'broken'; readonly message: string; readonly code?: string };

/** Thrown by requests. */
export class Failed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind === 'broken' ? failure.message : failure.kind);
  }
}

export interface GraphQlError {
  readonly message: string;
  readonly extensions?: { readonly code?: unknown; readonly retryAfterSeconds?: unknown };
}

const TEMPORARY = ['UNAVAILABLE', 'OVERLOADED', 'RATE_LIMITED'];

/** infra-notes/protocol.md, "WebSocket close codes": the codes after which another attempt fails, too. */
const BROKEN = [4400, 4406, 4409, 4429, 4500];

export function failureOfErrors(errors: readonly GraphQlError[]): Failure {
  const code = errors[0]?.extensions?.code;
  const seconds = errors[0]?.extensions?.retryAfterSeconds;
  if (typeof seconds === 'number') {
    return { kind: 'lost', retryAfterMs: seconds * 1000 };
  }
  if (TEMPORARY.includes(String(code))) {
    return { kind: 'lost' };
  }
  if (code === 'UNAUTHENTICATED') {
    return { kind: 'refused' };
  }
  if (code === 'FORBIDDEN') {
    return { kind: 'refused', forbidden: true };
  }
  if (code === 'NOT_FOUND') {
    return { kind: 'absent' };
  }
  const message = errors[0]?.message ?? 'No data';
  return typeof code === 'string' ? { kind: 'broken', message, code } : { kind: 'broken', message };
}

/** `reason` of a service that stops says when to come back: "Going away; retry after 1234 ms". */
export function failureOfClose(code: number, reason: string): Failure {
  if (code === 4401 || code === 4403) {
    return { kind: 'refused' };
  }
  if (BROKEN.includes(code)) {
    return { kind: 'broken', message: `The connection was closed: ${code} ${reason}`.trim() };
  }
  const asked = /retry after (\d+) ms/.exec(reason);
  return asked ? { kind: 'lost', retryAfterMs: Number(asked[1]) } : { kind: 'lost' };
}

/** Of an answer that is not GraphQL's, such as one of a proxy on the way. */
export function failureOfStatus(status: number, retryAfter: string | null): Failure {
  if (status === 401 || status === 403) {
    return { kind: 'refused' };
  }
  if (status === 408 || status === 429 || status >= 500) {
    const seconds = Number(retryAfter ?? NaN);
    return Number.isFinite(seconds) ? { kind: 'lost', retryAfterMs: seconds * 1000 } : { kind: 'lost' };
  }
  return { kind: 'broken', message: `The service answered with status ${status}` };
}
