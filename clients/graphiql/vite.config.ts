import { defineConfig } from 'vite';

export default defineConfig({
  base: '/graphiql/',
  logLevel: 'warn',
  build: {
    // the editor is one big piece, and comes from the service itself
    chunkSizeWarningLimit: 5000,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      onwarn(warning, warn) {
        // "use client" of React libraries: there is only a client here
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') {
          warn(warning);
        }
      },
    },
  },
  worker: { format: 'es' },
});
