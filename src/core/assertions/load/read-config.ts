import { readdirSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { YamlFile } from '../yaml/yaml-file';
import { YamlMapping } from '../yaml/yaml-mapping';

/** The files of the cases that an `oats-config.yaml` names, sorted; what is wrong with it becomes problems of the file. */
export function readConfig(file: YamlFile): string[] {
  const root = YamlMapping.of(file, file.root, '');
  if (!root) return [];
  const meta = root.mapping('meta');
  if (!meta) root.reportWhole('meta.version is missing');
  const version = meta?.text('version');
  if (meta && version !== '3') meta.report('version', 'only 3 is known');
  meta?.end();
  const patterns = root.texts('cases');
  // Of what was green before, which is of no use here.
  root.ignore('cache');
  root.end();
  if (patterns.length === 0) root.reportWhole('cases is missing');
  const folder = dirname(resolve(file.path));
  const found = new Set<string>();
  for (const pattern of patterns) {
    const files = expand(
      isAbsolute(pattern) ? '/' : folder,
      pattern.split('/').filter((part) => part !== '' && part !== '.'),
    );
    if (files.length === 0) root.report('cases', `${pattern} names no file`);
    for (const each of files) found.add(each);
  }
  return [...found].sort();
}

/** `*`, `?` and `[a-z]` within a folder's names, as a shell has them. */
function expand(folder: string, [part, ...rest]: readonly string[]): string[] {
  if (part === undefined) return [];
  if (part === '..') return expand(dirname(folder), rest);
  const pattern = new RegExp(
    `^${part
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replace(/\*/g, '[^/]*')
      .replace(/\?/g, '[^/]')}$`,
  );
  const entries = readdir(folder).filter(
    ({ name }) => pattern.test(name) && (part.startsWith('.') || !name.startsWith('.')),
  );
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (rest.length > 0) return expand(path, rest);
    return entry.isDirectory() ? [] : path;
  });
}

function readdir(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
