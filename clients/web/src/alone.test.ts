import { createServer, type InlineConfig, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

const ROOT = new URL('..', import.meta.url).pathname;
/** Nothing is watched, and no script is read before somebody asks for it. */
const LOCAL = { host: '127.0.0.1', port: 0, watch: null, ws: false, hmr: false, preTransformRequests: false } as const;

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

test('Vite alone asks the service', async () => {
  expect(await (await fetch(`${base}/web/settings.json`)).json()).toEqual({ from: 'the service' });
});

/** In the place of the service. */
function stub() {
  return {
    name: 'stub',
    configureServer({ middlewares }: ViteDevServer) {
      middlewares.use('/web/settings.json', (_request, response) => {
        response.end('{"from":"the service"}');
      });
    },
  };
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
