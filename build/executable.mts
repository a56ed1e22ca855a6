import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Lets a shell run the files: `npm link` gives the bit once, and each build replaces the file that the link leads to. */
export function executable(...names: string[]): Plugin {
  return {
    name: 'executable',
    async writeBundle({ dir }) {
      for (const name of names) await chmod(join(dir!, name), 0o755);
    },
  };
}
