import { fileURLToPath } from 'node:url';
import { defineConfig } from 'electron-vite';
import { rendererConfig } from './vite.config.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  main: {
    build: {
      // Module by module, so that the engine's workers lie beside the code that starts them, as in the sources.
      outDir: path('./out'),
      emptyOutDir: false,
      // The schemas are JSON, which Node imports only with the attribute that the bundler takes away.
      externalizeDeps: { exclude: ['ocpp-rpc'] },
      rollupOptions: {
        input: [
          path('./src/main/index.ts'),
          path('./src/main/engine-process.ts'),
          path('./src/engine/capture/index-worker.ts'),
          path('./src/engine/capture/read-worker.ts'),
          path('./src/engine/capture/notes/notes-worker.ts'),
          path('./src/engine/formats/background/file-worker.ts'),
          path('./src/engine/energy/energy-worker.ts'),
        ],
        output: {
          format: 'es',
          preserveModules: true,
          preserveModulesRoot: path('./src'),
          entryFileNames: '[name].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: path('./out/preload'),
      rollupOptions: {
        input: path('./src/main/preload.ts'),
        // A sandboxed preload script can be no module.
        output: { format: 'cjs', entryFileNames: 'preload.cjs' },
      },
    },
  },
  renderer: rendererConfig,
});
