import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { BodyThread } from './body-thread';

let built: Promise<URL> | undefined;

/** The real body thread: a test runs the sources, which a thread of Node cannot, so that its program is built first. */
export async function startTestBodyThread(): Promise<BodyThread> {
  built ??= buildWorker();
  return new BodyThread(await built);
}

async function buildWorker(): Promise<URL> {
  const outDir = mkdtempSync(join(tmpdir(), 'watchtower-body-worker-'));
  await build({
    root: fileURLToPath(new URL('../../../..', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      rollupOptions: {
        input: fileURLToPath(new URL('./body-worker.ts', import.meta.url)),
        output: { format: 'es', entryFileNames: '[name].mjs' },
      },
    },
  });
  return pathToFileURL(join(outDir, 'body-worker.mjs'));
}
