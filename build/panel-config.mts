import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { UserConfig } from 'vite';

/** Deep links such as /traces/ID load the same files; electron-vite sets a relative base by itself, before this. */
const absoluteBase = { name: 'absolute-base', enforce: 'post' as const, config: () => ({ base: '/' }) };

/** How Vite builds and serves the panel: for the window, for the browser, and while it is being changed. */
export const panelConfig = {
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
} satisfies UserConfig;
