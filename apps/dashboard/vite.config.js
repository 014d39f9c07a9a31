import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const room = (path) => fileURLToPath(new URL(`../../libs/${path}/src/index.ts`, import.meta.url));

/** The page is built from the sources of the rooms it shares words with; Node's subpath imports point at compiled output. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  resolve: { alias: { '#clinical': room('clinical'), '#wire': room('wire') } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
