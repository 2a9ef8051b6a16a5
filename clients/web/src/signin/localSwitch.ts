import { serverClock } from '../api/clock';
import type { Credentials } from '../api/credentials';
import { Failed } from '../api/failure';
import { RenewedToken, type Token } from './renewedToken';

/** Whom one chooses to be, on the embedded stack. */
export interface Choice {
  readonly role: 'OPERATOR' | 'DISPATCHER' | 'VENDOR' | 'CALLER';
  readonly subject: string;
  readonly tenant: string;
}

/** For this tab, until it is closed. */
const KEY = 'towline.signin.local';

/** The embedded stack gives everybody a token of whomever one chooses to be. */
export class LocalSwitch {
  constructor(
    private readonly path: string,
    private readonly ended: () => void,
  ) {}

  /** Whom one was before the page was loaded anew. */
  async restore(): Promise<RenewedToken | null> {
    const stored = read();
    if (!stored) {
      return null;
    }
    const { choice, token } = stored;
    return this.renewed(choice, token);
  }

  /**
   * Throws `Failed`: `broken` with the reason if one cannot be that.
   *
   * @param replaced is told before the choice is stored: an earlier one must not be stored after it
   */
  async become(choice: Choice, replaced: () => void): Promise<RenewedToken> {
    const token = await fetchToken(this.path, choice);
    replaced();
    keep(choice, token);
    return this.renewed(choice, token);
  }

  /** For one request: who is signed in stays so. Throws `Failed`. */
  async credentialsOf(choice: Choice): Promise<Credentials> {
    const { text } = await fetchToken(this.path, choice);
    return { headers: () => ({ Authorization: `Bearer ${text}` }), renew: async () => false };
  }

  async forget(): Promise<void> {
    sessionStorage.removeItem(KEY);
  }

  private renewed(choice: Choice, token: Token): RenewedToken {
    return new RenewedToken(token, () => fetchToken(this.path, choice), this.ended, (next) => keep(choice, next));
  }
}

function keep(choice: Choice, token: Token): void {
  sessionStorage.setItem(KEY, JSON.stringify({ choice, token }));
}

async function fetchToken(path: string, choice: Choice): Promise<Token> {
  let response: Response;
  let answer: { token?: string; expiresAt?: string; errors?: { message: string }[] };
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(choice),
    });
    answer = await response.json();
  } catch {
    throw new Failed({ kind: 'lost' });
  }
  if (!response.ok || !answer.token || !answer.expiresAt) {
    const message = answer.errors?.[0]?.message ?? `The service answered with status ${response.status}`;
    throw new Failed(response.status >= 500 ? { kind: 'lost' } : { kind: 'broken', message });
  }
  return { text: answer.token, expiresMs: Date.now() + Date.parse(answer.expiresAt) - serverClock.now() };
}

function read(): { choice: Choice; token: Token } | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
  } catch {
    return null;
  }
}
