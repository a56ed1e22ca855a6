import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface PackageFile {
  name?: string;
  type?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** The nearest `package.json` of a folder or one above it; one that cannot be read is none. */
export function findPackage(from: string): PackageFile | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    try {
      if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as PackageFile;
    } catch {
      // Its own tools complain about it.
    }
    if (folder === dirname(folder)) return undefined;
  }
}
