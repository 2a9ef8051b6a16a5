import { defineConfig } from 'vitest/config';

/** The service that `npm run dev` asks. */
const SERVICE = process.env.TOWLINE_URL ?? 'http://localhost:8080';

/** The pages. Each serves every path below its own, as the service does. */
const PAGES = ['track', 'dispatch', 'drive', 'signin'];

export default defineConfig({
  appType: 'mpa',
  logLevel: process.argv.includes('build') ? 'warn' : 'info',
  plugins: [deepLinks()],
  build: {
    assetsDir: 'web/assets',
    // a picture within a style sheet would need a wider Content-Security-Policy
    assetsInlineLimit: 0,
    // the map library is one big piece, and comes after all else
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: PAGES.map((page) => `${page}/index.html`),
      // under a name by which a test sees that it is no part of the first load
      output: { codeSplitting: { groups: [{ name: 'maplibre', test: /node_modules.maplibre-gl/ }] } },
    },
  },
  server: {
    proxy: Object.fromEntries(['/graphql', '/local/token', '/web/settings.json', '/favicon.svg'].map((path) => [path, proxied()])),
  },
  test: { include: ['src/**/*.test.ts'] },
});

function proxied() {
  return {
    target: SERVICE,
    ws: true,
    changeOrigin: true,
    // the service takes WebSockets of its own pages only
    headers: { origin: new URL(SERVICE).origin },
  };
}

function deepLinks() {
  return {
    name: 'deep-links',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        // a provider sends people back with a query
        const [path, ...query] = (request.url ?? '').split(/(?=\?)/);
        const page = PAGES.find((name) => new RegExp(`^/${name}(/[^/.]*)?$`).test(path));
        if (page) {
          request.url = [`/${page}/index.html`, ...query].join('');
        }
        next();
      });
    },
  };
}
