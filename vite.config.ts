import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The workbench as both hosts serve it. Nothing is inlined, so that the page lives under a strict CSP. */
export const rendererConfig = {
  root: path('./src/renderer'),
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: path('./out/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    minify: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 5000,
    rollupOptions: { input: path('./src/renderer/index.html') },
  },
} satisfies UserConfig;

/** By itself, vite builds the same workbench over an engine of generated data, for the browser tests of the renderer. */
export default defineConfig({
  ...rendererConfig,
  root: path('./src/renderer/testing'),
  build: {
    ...rendererConfig.build,
    outDir: path('./out/renderer-testing'),
    rollupOptions: { input: path('./src/renderer/testing/index.html') },
  },
});
