import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Where the bundled programs of a benchmark lie: the engine as it ships, the load generator and the peer. */
export interface Programs {
  readonly engine: string;
  readonly cli: string;
  readonly generateLoad: string;
  readonly plainPipeline: string;
  readonly bareServer: string;
  readonly otlpSink: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** Bundles with the configuration of the product's build. */
export async function buildPrograms(): Promise<Programs> {
  const outDir = `${root}out/bench`;
  await build({
    root,
    configFile: `${root}vite.node.config.mts`,
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: true,
      rollupOptions: {
        input: {
          engine: 'src/engine/main.ts',
          cli: 'src/cli/main.ts',
          'node-program': 'src/cli/start/run-on-node.ts',
          'store-worker': 'src/engine/store-worker.ts',
          'forward-worker': 'src/engine/forward/forward-worker.ts',
          'body-worker': 'src/engine/otlp/body/body-worker.ts',
          'generate-load': 'bench/load/generate-load.ts',
          'plain-pipeline': 'bench/peer/plain-pipeline.ts',
          'bare-server': 'bench/peer/bare-server.ts',
          'otlp-sink': 'bench/peer/otlp-sink.ts',
        },
      },
    },
  });
  return {
    engine: `${outDir}/engine.mjs`,
    cli: `${outDir}/cli.mjs`,
    generateLoad: `${outDir}/generate-load.mjs`,
    plainPipeline: `${outDir}/plain-pipeline.mjs`,
    bareServer: `${outDir}/bare-server.mjs`,
    otlpSink: `${outDir}/otlp-sink.mjs`,
  };
}

/** Into `out/node`, with what a command is instrumented by: what is there may be older than the sources. */
export function buildNode(): void {
  execFileSync('npm', ['run', '--silent', 'build:node'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}
