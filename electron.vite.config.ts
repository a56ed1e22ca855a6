import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: { build: { outDir: 'out/main', rollupOptions: { input: 'src/main/index.ts' } } },
  preload: { build: { outDir: 'out/preload', rollupOptions: { input: 'src/preload/index.ts', output: { format: 'cjs' } } } },
  renderer: {
    root: 'src/renderer',
    build: { outDir: 'out/renderer', rollupOptions: { input: 'src/renderer/index.html' } },
    plugins: [react(), tailwindcss()],
  },
});
