import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { constants, Script } from 'node:vm';
import type { KeptCode } from './kept-code';

type Require = (name: string) => unknown;
type Wrapped = (exports: object, require: Require, module: { exports: object }, file: string, folder: string) => void;

export interface LoadedBundle {
  exports: unknown;
  /** Keeps what had to be compiled: at the end of a process, so that the functions that ran are in it. Gives back the names of those files. */
  keep(): string[];
}

/**
 * Loads a CommonJS file that was bundled for it, and those that it requires beside it, from compiled code where that is kept. Node.js
 * does so itself only from 22.1 on.
 */
export function loadBundle(entry: string, kept: KeptCode): LoadedBundle {
  const modules = new Map<string, { exports: object }>();
  const compiled: { file: string; source: string; script: Script }[] = [];
  const requireOther = createRequire(entry);
  const load = (file: string): object => {
    // What the entry itself has loaded is there once.
    const known = modules.get(file) ?? requireOther.cache[file];
    if (known) return known.exports as object;
    const module = { exports: {} };
    modules.set(file, module);
    const source = readFileSync(file, 'utf8');
    const cachedData = kept.read(file, source);
    const script = new Script(`(function(exports,require,module,__filename,__dirname){${source}\n})`, {
      filename: file,
      cachedData,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    if (!cachedData || script.cachedDataRejected) compiled.push({ file, source, script });
    const folder = dirname(file);
    const require: Require = (name) => (name.startsWith('.') ? load(join(folder, name)) : requireOther(name));
    (script.runInThisContext() as Wrapped)(module.exports, require, module, file, folder);
    return module.exports;
  };
  const exports = load(entry);
  return {
    exports,
    keep: () =>
      compiled.splice(0).map(({ file, source, script }) => {
        kept.write(file, source, script.createCachedData());
        return basename(file);
      }),
  };
}
