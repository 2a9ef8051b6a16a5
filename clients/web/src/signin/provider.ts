import { ErrorResponse, UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import { Failed, type Failure } from '../api/failure';
import type { ProviderSettings } from '../settings';
import { RenewedToken, type Token } from './renewedToken';
import { STORED } from './stored';

/** Where the provider sends the browser back to. */
const REDIRECT_PATH = '/signin';

/** What a provider says when it refuses, or what went wrong on the way. */
export class NotSignedIn extends Error {}

/** Signing in at an OpenID Connect provider: the authorization code flow with PKCE. Tokens are kept for this tab only. */
export class Provider {
  private readonly manager: UserManager;
  /** Nobody is signed in any more, and nobody will be before this page is loaded anew. */
  private forgotten = false;

  constructor(
    settings: ProviderSettings,
    private readonly ended: () => void,
  ) {
    const store = () => new WebStorageStateStore({ prefix: STORED, store: window.sessionStorage });
    const redirect = new URL(REDIRECT_PATH, window.location.origin).href;
    this.manager = new UserManager({
      authority: settings.authority,
      client_id: settings.clientId,
      scope: settings.scope,
      extraQueryParams: settings.parameters,
      redirect_uri: redirect,
      post_logout_redirect_uri: redirect,
      userStore: store(),
      stateStore: store(),
      // by RenewedToken, which also knows when the service refuses a token, and waits while nobody answers
      automaticSilentRenew: false,
    });
  }

  /** Who was signed in before the page was loaded anew. */
  async restore(): Promise<RenewedToken | null> {
    const user = await this.manager.getUser();
    return user && new RenewedToken(tokenOf(user), () => this.refresh(), this.ended);
  }

  /** Goes to the provider, which sends the browser back to this page. Throws `NotSignedIn`. */
  async signIn(): Promise<void> {
    const { pathname, search, hash } = window.location;
    await said(() => this.manager.signinRedirect({ state: { returnTo: pathname + search + hash } }));
  }

  /** Where the provider has sent the browser back to `/signin`: ends what began, and returns where to go on. Throws `NotSignedIn`. */
  async finish(): Promise<string> {
    const parameters = new URLSearchParams(window.location.search);
    const state = await said(async () => {
      if (parameters.has('code') || parameters.has('error')) {
        return (await this.manager.signinRedirectCallback()).state;
      }
      return parameters.has('state') ? (await this.manager.signoutRedirectCallback())?.userState : null;
    });
    return ownPath((state as { returnTo?: unknown } | null | undefined)?.returnTo);
  }

  /** Goes to the provider to end what it remembers, if it can do that, and comes back. */
  async signOut(): Promise<void> {
    const { pathname, search } = window.location;
    this.forgotten = true;
    // an access token ends soon by itself, and not every provider can end it
    await this.manager.revokeTokens(['refresh_token']).catch(() => {});
    const endpoint = await this.manager.metadataService.getEndSessionEndpoint().catch(() => undefined);
    if (endpoint) {
      await this.manager.signoutRedirect({ state: { returnTo: pathname + search } }).catch(() => {});
    }
  }

  async forget(): Promise<void> {
    this.forgotten = true;
    await this.manager.removeUser();
  }

  private async refresh(): Promise<Token> {
    const user = await this.manager.getUser();
    if (!user?.refresh_token) {
      // the other way is a hidden frame of the provider, which needs third-party cookies
      throw new Failed({ kind: 'refused' });
    }
    try {
      const renewed = await this.manager.signinSilent();
      if (this.forgotten) {
        // the library has stored it
        await this.manager.removeUser();
      } else if (renewed) {
        return tokenOf(renewed);
      }
    } catch (problem) {
      throw new Failed(failureOfRenewal(problem));
    }
    throw new Failed({ kind: 'refused' });
  }
}

/** What a provider answers while it cannot answer: RFC 6749, section 4.1.2.1, and RFC 8628, section 3.5. */
const TEMPORARY: readonly (string | null)[] = ['server_error', 'temporarily_unavailable', 'slow_down'];

/** Only a provider that says no ends a session: not one that is away. */
export function failureOfRenewal(problem: unknown): Failure {
  return problem instanceof ErrorResponse && !TEMPORARY.includes(problem.error) ? { kind: 'refused' } : { kind: 'lost' };
}

function tokenOf({ access_token: text, expires_at: expiresSeconds }: User): Token {
  return { text, expiresMs: expiresSeconds === undefined ? Infinity : expiresSeconds * 1000 };
}

/** An address of another site is not where one came from. */
function ownPath(path: unknown): string {
  const url = new URL(typeof path === 'string' ? path : '/', window.location.origin);
  return url.origin === window.location.origin ? url.pathname + url.search + url.hash : '/';
}

async function said<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (problem) {
    throw new NotSignedIn(wordsOf(problem));
  }
}

function wordsOf(problem: unknown): string {
  if (problem instanceof ErrorResponse) {
    return `The identity provider says: ${problem.error_description ?? problem.error}`;
  }
  return `The identity provider cannot be used: ${problem instanceof Error ? problem.message : String(problem)}`;
}
