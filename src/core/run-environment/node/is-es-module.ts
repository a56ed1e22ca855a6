import { readFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { findPackage } from './find-package';

/**
 * Whether a program's modules may be ES modules. Where they are not, they are not hooked: what tsx makes of TypeScript for
 * `require` is seen without, and with a hook it is not.
 */
export function isEsModule(script: string | undefined, throughTsx: boolean): boolean {
  if (script === undefined) return true;
  const extension = extname(script);
  if (extension === '.mjs' || extension === '.mts') return true;
  if (extension === '.cjs' || extension === '.cts') return false;
  const type = findPackage(dirname(script))?.type;
  if (type !== undefined || throughTsx) return type === 'module';
  // Without a word in its package, Node.js goes by the syntax.
  return /^\s*(?:import\b(?!\s*\()|export\b)/m.test(read(script));
}

function read(script: string): string {
  try {
    return readFileSync(script, 'utf8');
  } catch {
    return '';
  }
}
