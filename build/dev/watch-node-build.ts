import { join } from 'node:path';
import { build } from 'vite';

export interface WatchedBuild {
  close(): Promise<void>;
}

interface BuildEvents {
  /** Also after the first one. */
  built(): void;
  failed(error: Error): void;
}

/** Builds CLI, host and engine into `out/node`, with source maps, and again whenever one of their files changes. */
export async function watchNodeBuild(root: string, { built, failed }: BuildEvents): Promise<WatchedBuild> {
  const watcher = await build({
    root,
    configFile: join(root, 'vite.node.config.mts'),
    logLevel: 'warn',
    clearScreen: false,
    build: { sourcemap: true, watch: {} },
  });
  if (!('on' in watcher)) throw new Error('Vite built once instead of watching.');
  watcher.on('event', (event) => {
    if (event.code === 'END') built();
    if (event.code === 'ERROR') failed(event.error);
    if (event.code === 'BUNDLE_END' || event.code === 'ERROR') void event.result?.close();
  });
  return { close: async () => void (await watcher.close()) };
}
