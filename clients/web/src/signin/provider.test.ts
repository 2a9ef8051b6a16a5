import { ErrorResponse, UserManager } from 'oidc-client-ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { failureOfRenewal, Provider } from './provider';

beforeEach(() => void vi.stubGlobal('window', { sessionStorage: {}, location: { origin: 'http://localhost', pathname: '/', search: '', hash: '' } }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it.each([
  ['invalid_grant', 'refused'],
  ['access_denied', 'refused'],
  ['server_error', 'lost'],
  ['temporarily_unavailable', 'lost'],
  ['slow_down', 'lost'],
] as const)('a provider that answers a renewal with %s', (error, kind) => {
  expect(failureOfRenewal(new ErrorResponse({ error }))).toEqual({ kind });
});

it('a renewal without an answer may be tried again', () => {
  expect(failureOfRenewal(new TypeError('Failed to fetch'))).toEqual({ kind: 'lost' });
});

it('a renewal that is under way when one signs out leaves nobody signed in', async () => {
  const user = { access_token: 'x', refresh_token: 'y', expires_at: Date.now() / 1_000 + 60 };
  let stored: unknown = user;
  let answer: () => void = () => {};
  vi.spyOn(UserManager.prototype, 'getUser').mockImplementation(async () => stored as never);
  vi.spyOn(UserManager.prototype, 'removeUser').mockImplementation(async () => void (stored = null));
  vi.spyOn(UserManager.prototype, 'signinSilent').mockImplementation(async () => {
    await new Promise<void>((resolve) => (answer = resolve));
    stored = user;
    return user as never;
  });
  const provider = new Provider({ authority: 'http://localhost/issuer', clientId: 'c', scope: 'openid', parameters: {} }, () => {});
  const token = (await provider.restore())!;
  const renewed = token.renew();
  await new Promise((resolve) => setTimeout(resolve));
  token.stop();
  await provider.forget();
  answer();
  expect(await renewed).toBe(false);
  expect(stored).toBeNull();
});
