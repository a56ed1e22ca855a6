import { defineConfig } from 'vite';
import { asciiOutput } from './build/ascii-output.mts';
import { executable } from './build/executable.mts';
import { leanDockerode } from './build/lean-dockerode.mts';
import { leanOrpc } from './build/lean-orpc.mts';

// What nearly every command loads before it can ask the host: few files, since each costs a start a millisecond. What the
// engine loads, too, is apart.
const groups = [
  {
    name: 'ground',
    test: /src[\\/](?:ground[\\/]|shared[\\/]agents[\\/]agent-ids|core[\\/]ownership[\\/]resolve-home)/,
    priority: 2,
  },
  // What `run` and others tell of runs with, and all that it stands on.
  {
    name: 'text',
    test: /src[\\/]shared[\\/](?:run-text[\\/]describe-run\.ts|runs[\\/]run-attributes|format-bytes)/,
    priority: 1,
  },
  {
    name: 'start',
    test: /@orpc[\\/](?:client|shared|standard-server)[\\/]|[\\/]commander[\\/]|src[\\/](?:cli[\\/](?:attach|run-command|start-background-host|terminal|until-interrupted|text[\\/]format-values)\.ts|core[\\/](?:http[\\/]client|backends[\\/]embedded[\\/]spawn-engine|secrets[\\/]mask-secrets)|shared[\\/]run-diff[\\/]same-command)/,
  },
];

// The CLI and the engine for plain Node: bundled, so that a start reads few files. Native and
// self-resolving packages stay outside.
export default defineConfig({
  publicDir: false,
  plugins: [leanDockerode(), leanOrpc(), asciiOutput(), executable('cli.mjs')],
  ssr: { noExternal: true, external: ['@duckdb/node-api', '@duckdb/node-bindings', 'electron'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'out/node',
    emptyOutDir: true,
    minify: false,
    sourcemap: false,
    rollupOptions: {
      input: {
        cli: 'src/cli/main.ts',
        // The desktop app's first file, and what its own binary runs for `watchtower`.
        start: 'src/main/start.ts',
        'node-program': 'src/cli/start/run-on-node.ts',
        program: 'src/cli/run-program.ts',
        engine: 'src/engine/main.ts',
        'store-worker': 'src/engine/store-worker.ts',
        'forward-worker': 'src/engine/forward/forward-worker.ts',
        'body-worker': 'src/engine/otlp/body/body-worker.ts',
      },
      output: {
        format: 'es',
        entryFileNames: '[name].mjs',
        chunkFileNames: 'chunks/[name]-[hash].mjs',
        codeSplitting: { groups },
        // A thread keeps the source that it runs. Names and lines stay, for stack traces.
        comments: { legal: true, annotation: false, jsdoc: false },
      },
    },
  },
});
