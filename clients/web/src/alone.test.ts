import { createServer, type InlineConfig, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

const ROOT = new URL('..', import.meta.url).pathname;
/** Nothing is watched, and no script is read before somebody asks for it. */
const LOCAL = { host: '127.0.0.1', port: 0, watch: null, ws: false, hmr: false, preTransformRequests: false } as const;

/** Of Node, whose types these pages do not have. */
const NODE_HTTP: string = 'node:http';
const { request } = await import(/* @vite-ignore */ NODE_HTTP);

interface Asked extends AsyncIterable<unknown> {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly origin?: string };
}

interface Socket {
  write(text: string): void;
  on(event: 'data' | 'end', listener: (bytes: unknown) => void): void;
  end(): void;
}

let service: ViteDevServer;
let pages: ViteDevServer;
let base: string;

beforeAll(async () => {
  service = await started({ configFile: false, appType: 'custom', server: LOCAL, plugins: [stub()] });
  vi.stubEnv('TOWLINE_URL', addressOf(service));
  pages = await started({ configFile: `${ROOT}vite.config.mjs`, server: LOCAL });
  base = addressOf(pages);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([service, pages].map((server) => server?.close()));
});

test.each([
  ['/track', '/src/track/main.tsx'],
  ['/track/a-session', '/src/track/main.tsx'],
  ['/dispatch', '/src/dispatch/main.tsx'],
  ['/drive', '/src/drive/main.tsx'],
  ['/signin', '/src/signin/redirect.tsx'],
  ['/signin?code=a/b.c&state=d?', '/src/signin/redirect.tsx'],
])('Vite alone serves %s', async (path, script) => {
  const response = await fetch(base + path, { headers: { accept: 'text/html' } });
  expect(response.status).toBe(200);
  expect(await response.text()).toContain(`src="${script}"`);
});

test.each([
  ['GET', '/web/settings.json', undefined],
  ['POST', '/local/token', '{"role":"VENDOR"}'],
  ['POST', '/graphql', '{"query":"{ __typename }"}'],
])('Vite alone asks the service: %s %s', async (method, path, body) => {
  const response = await fetch(base + path, { method, body, headers: { origin: base } });
  expect(await response.json()).toEqual({ method, path, body: body ?? '', origin: addressOf(service) });
});

test('Vite alone opens a WebSocket to the service', async () => {
  const socket = await upgraded('/graphql');
  const answer = new Promise((resolve) => socket.on('data', (bytes) => resolve(String(bytes))));
  socket.write('hello');
  expect(await answer).toBe(`hello to ${addressOf(service)}/graphql`);
  socket.end();
});

/** In the place of the service: it says what it was asked, and from which origin. */
function stub() {
  return {
    name: 'stub',
    configureServer({ middlewares, httpServer }: ViteDevServer) {
      middlewares.use(async (request, response) => {
        const asked = request as unknown as Asked;
        const { method, url: path, headers } = asked;
        let body = '';
        for await (const chunk of asked) {
          body += chunk;
        }
        response.end(JSON.stringify({ method, path, body, origin: headers.origin }));
      });
      httpServer?.on('upgrade', ({ url, headers }: Asked, socket: Socket) => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
        socket.on('data', (bytes) => socket.write(`${bytes} to ${headers.origin}${url}`));
        socket.on('end', () => socket.end());
      });
    },
  };
}

/** A connection of a page. What goes through it is passed on as it is, so it needs no frames. */
function upgraded(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    request(base + path, { headers: { connection: 'Upgrade', upgrade: 'websocket', origin: base } })
      .on('upgrade', (_response: unknown, socket: Socket) => resolve(socket))
      .on('response', ({ statusCode }: { statusCode: number }) => reject(new Error(`answered with status ${statusCode}`)))
      .on('error', reject)
      .end();
  });
}

/** With nothing bundled in advance, which only a browser needs. */
async function started(config: InlineConfig): Promise<ViteDevServer> {
  const server = await createServer({ root: ROOT, logLevel: 'error', optimizeDeps: { noDiscovery: true, include: [] }, ...config });
  return server.listen();
}

function addressOf(server: ViteDevServer): string {
  const address = server.httpServer?.address();
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
}
