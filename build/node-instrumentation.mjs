// Puts what `watchtower run` loads into programs into one folder: for Node.js bundles that need no package beside them.
import { copyFileSync, cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'src/core/run-environment/node');
const folder = process.argv[2] ?? join(root, 'out/node/instrumentation');
const target = join(folder, 'node');
const require = createRequire(import.meta.url);

/** The hooks' own state: the code that they make names this file, so that it stays one. */
const shared = './lib/register.js';

/** Clouds are asked over the network who they are; on this machine none answers, for seconds. */
const withoutClouds = {
  name: 'without-clouds',
  enforce: 'pre',
  resolveId: (id) => (id.startsWith('@opentelemetry/resource-detector-') ? '\0no-cloud' : null),
  load: (id) => (id === '\0no-cloud' ? 'module.exports = {};' : null),
};
const sharedState = {
  name: 'shared-state',
  enforce: 'pre',
  resolveId: (id, importer) =>
    importer?.includes('import-in-the-middle') && /lib\/register(\.js)?$/.test(id)
      ? { id: shared, external: true }
      : null,
};

async function bundle(input, name, format) {
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    plugins: [withoutClouds, sharedState],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node18',
      outDir: target,
      emptyOutDir: false,
      minify: false,
      rollupOptions: {
        input,
        external: ['./sdk.cjs'],
        output: { format, entryFileNames: name, codeSplitting: false },
      },
    },
  });
}

await bundle(join(source, 'register.ts'), 'register.cjs', 'cjs');
await bundle(join(source, 'start-sdk.ts'), 'sdk.cjs', 'cjs');
await bundle(require.resolve('import-in-the-middle/hook.mjs'), 'hook.mjs', 'es');
mkdirSync(join(target, 'lib'), { recursive: true });
copyFileSync(require.resolve('import-in-the-middle/lib/register.js'), join(target, 'lib/register.js'));
cpSync(join(root, 'resources/instrumentation/python'), join(folder, 'python'), { recursive: true });
