import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Lets a shell run those of the files that a build makes: `npm link` gives the bit once, and each build replaces the file that
 * the link leads to.
 */
export function executable(...names: string[]): Plugin {
  return {
    name: 'executable',
    async writeBundle({ dir }, bundle) {
      for (const name of names) if (name in bundle) await chmod(join(dir!, name), 0o755);
    },
  };
}
