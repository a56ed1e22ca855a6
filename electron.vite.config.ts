import { defineConfig } from 'electron-vite';
import { leanDockerode } from './build/lean-dockerode.mts';
import { panelConfig } from './build/panel-config.mts';

const devPort = Number(process.env.WATCHTOWER_DEV_PORT ?? 24300);

export default defineConfig(({ command }) => ({
  main: {
    plugins: [leanDockerode()],
    // Whether the window may take the panel from a development server: never in what is built.
    define: { __WATCHTOWER_DEV__: command === 'serve' },
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
    ...panelConfig,
    // The window's own scheme speaks no WebSocket: the page is told where hot reload is.
    server: { host: '127.0.0.1', port: devPort, strictPort: true, hmr: { host: '127.0.0.1', port: devPort } },
  },
}));
