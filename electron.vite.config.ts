import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { leanDockerode } from './build/lean-dockerode.mts';

/** Deep links such as /traces/ID load the same files; electron-vite sets a relative base by itself, before this. */
const absoluteBase = { name: 'absolute-base', enforce: 'post' as const, config: () => ({ base: '/' }) };

export default defineConfig({
  main: {
    plugins: [leanDockerode()],
    // Bundled whole: Electron's main is CommonJS here, and some packages are ES modules only.
    // Without comments and blanks a third less is read and kept in memory; names stay, for stack traces.
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      rollupOptions: {
        input: 'src/main/index.ts',
        output: { minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } } },
      },
    },
  },
  preload: {
    build: { outDir: 'out/preload', rollupOptions: { input: 'src/preload/index.ts', output: { format: 'cjs' } } },
  },
  renderer: {
    root: 'src/renderer',
    build: {
      outDir: 'out/renderer',
      rollupOptions: { input: 'src/renderer/index.html' },
      // The content security policy allows no data: URLs; and light-dark() is left as it is.
      assetsInlineLimit: 0,
      minify: true,
      // The panel is read from this machine, never over a network: a large chunk costs a reader nothing.
      chunkSizeWarningLimit: 8_000,
      target: 'es2023',
      cssTarget: ['chrome125', 'firefox125', 'safari17.5'],
    },
    plugins: [react(), tailwindcss(), absoluteBase],
  },
});
