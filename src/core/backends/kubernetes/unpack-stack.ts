import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Read by kind and helm themselves. */
const folders = ['kind', 'helm/values', 'alloy/kubernetes', 'grafana/dashboards'];

/**
 * The folder of the shipped stack as other programs can read it: the packaged app has it in an archive, which only Electron
 * reads, and copies what is needed into the home.
 */
export function unpackStack(stackFolder: string, home: string): string {
  if (!/\.asar[\\/]/.test(stackFolder)) return stackFolder;
  const copy = join(home, 'kubernetes');
  for (const folder of folders) {
    for (const name of readdirSync(join(stackFolder, folder))) {
      const file = join(copy, folder, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, readFileSync(join(stackFolder, folder, name)));
    }
  }
  return copy;
}
