// An OpenID Connect provider on this machine, which lets in whoever says a name.
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';

// the library has notices for whoever operates it, and standard output is for the results of the checks
console.info = console.error;
const { Provider } = await import('oidc-provider');

export const AUDIENCE = 'towline';
export const CLIENT_ID = 'towline-pages';

/** Starts one whose pages come back to the pages of `service`. `accounts`: the claims of each name. */
export async function startProvider(port, service, accounts, { tokenSeconds }) {
  const issuer = `http://127.0.0.1:${port}`;
  let lifetime = tokenSeconds;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        token_endpoint_auth_method: 'none',
        redirect_uris: [`${service}/signin`],
        post_logout_redirect_uris: [`${service}/signin`],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    jwks: { keys: [{ ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256' }] },
    cookies: { keys: ['only for this test'] },
    clientBasedCORS: () => true,
    findAccount: (_context, accountId) => accounts[accountId] && { accountId, claims: () => ({ sub: accountId }) },
    extraTokenClaims: (_context, token) => accounts[token.accountId],
    issueRefreshToken: () => true,
    interactions: { url: (_context, { uid }) => `/login/${uid}` },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = page(`${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>`);
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `${issuer}/api`,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: '',
          audience: AUDIENCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: lifetime,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid offline_access');
      await grant.save();
      return grant;
    },
    renderError: (context, { error, error_description: description }) => {
      context.body = page(`<h1>${error}</h1><p>${description}</p>`);
    },
  });
  provider.use(async (context, next) => {
    if (!context.path.startsWith('/login/')) {
      return next();
    }
    const answer = context.query.name;
    if (!answer) {
      context.body = page('<form><input name="name" aria-label="Your name"><button>Let me in</button></form><form><button name="name" value="!">Cancel</button></form>');
      return undefined;
    }
    const result =
      answer === '!' ? { error: 'access_denied', error_description: 'You did not want to sign in' } : { login: { accountId: answer } };
    context.redirect(await provider.interactionResult(context.req, context.res, result));
    return undefined;
  });
  const server = provider.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    issuer,
    /** What it answers to the token endpoint from now on. */
    lastFor: (seconds) => (lifetime = seconds),
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function page(body) {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Provider</title><body>${body}</body></html>`;
}
