import { defineConfig } from 'vite';
import { asciiOutput } from './build/ascii-output.mts';
import { executable } from './build/executable.mts';
import { leanOrpc } from './build/lean-orpc.mts';

// The entry of the CLI, and the commands that are started again and again, as CommonJS: V8 gives out what it has compiled of
// a script, of an ES module only from Node.js 22.1 on, and to load the first of those takes Node.js some milliseconds.
// Beside what the build for plain Node has made.
export default defineConfig({
  publicDir: false,
  plugins: [leanOrpc(), asciiOutput(), executable('cli.cjs')],
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'out/node',
    emptyOutDir: false,
    minify: false,
    sourcemap: false,
    rollupOptions: {
      input: { cli: 'src/cli/main.ts', 'fast/fast': 'src/cli/start/run-fast.ts' },
      output: {
        format: 'cjs',
        entryFileNames: '[name].cjs',
        chunkFileNames: 'fast/[name]-[hash].cjs',
        // What the entry needs, too, is one file.
        codeSplitting: {
          groups: [
            {
              name: 'entry',
              test: /src[\\/](?:ground[\\/]create-folder|core[\\/](?:ownership[\\/]resolve-home|runs[\\/]read-re))/,
            },
          ],
        },
        comments: { legal: true, annotation: false, jsdoc: false },
      },
    },
  },
});
