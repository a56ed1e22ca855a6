import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface PackageRoot {
  folder: string;
  version: string;
}

/** The folder of this package, from any of its modules, bundled or not: where `out/` lies. */
export function findPackageRoot(moduleUrl: string): PackageRoot {
  let folder = dirname(fileURLToPath(moduleUrl));
  while (folder !== dirname(folder)) {
    const file = join(folder, 'package.json');
    if (existsSync(file)) {
      const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as { name?: string; version: string };
      if (name === 'watchtower') return { folder, version };
    }
    folder = dirname(folder);
  }
  throw new Error(`No package.json of watchtower above ${moduleUrl}.`);
}
