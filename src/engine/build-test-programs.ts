import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, loadConfigFromFile } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAMS = {
  engine: 'main',
  'store-worker': 'store-worker',
  'forward-worker': 'forward/forward-worker',
  'body-worker': 'otlp/body/body-worker',
};

/** The engine's programs as they ship: Node starts no thread from TypeScript. For tests, which remove them in the end. */
export async function buildTestPrograms(): Promise<{ engine: string; remove(): void }> {
  // Inside the repository, so that the native database is found.
  const folder = `${ROOT}out/engine-test-${process.pid}`;
  const input = Object.fromEntries(
    Object.entries(PROGRAMS).map(([program, name]) => [program, `${ROOT}src/engine/${name}.ts`]),
  );
  const shipped = await loadConfigFromFile({ command: 'build', mode: 'production' }, `${ROOT}vite.node.config.mts`);
  const { build: options, ...config } = shipped!.config;
  // The engine's programs alone, not beside the CLI's.
  const rollupOptions = { ...options!.rollupOptions, input };
  const shape = { ...options, outDir: folder, rollupOptions };
  await build({ ...config, root: ROOT, configFile: false, logLevel: 'error', build: shape });
  return { engine: `${folder}/engine.mjs`, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
