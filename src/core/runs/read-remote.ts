import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** By which git would look elsewhere, or read other settings. */
const redirecting = /^GIT_(?:DIR|WORK_TREE|COMMON_DIR|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|CONFIG.*)$/;

/**
 * The address of `origin` as git would tell it, read without starting a process, each of which costs the start of a command some
 * milliseconds. Undefined where only git can tell: no remote in the repository's own file, a linked working tree, and whatever is
 * written in another way than git itself writes it.
 */
export function readRemote(folder: string, variables: NodeJS.ProcessEnv): string | undefined {
  if (Object.keys(variables).some((name) => redirecting.test(name))) return undefined;
  try {
    const place = findGitFolder(folder);
    return place === undefined ? undefined : originIn(readFileSync(join(place, 'config'), 'utf8'));
  } catch {
    return undefined;
  }
}

function findGitFolder(folder: string): string | undefined {
  const place = join(folder, '.git');
  const found = statSync(place, { throwIfNoEntry: false });
  if (found) return found.isDirectory() ? place : undefined;
  return dirname(folder) === folder ? undefined : findGitFolder(dirname(folder));
}

function originIn(config: string): string | undefined {
  let isOrigin = false;
  let url: string | undefined;
  for (const line of config.split(/\r?\n/)) {
    // Goes on in the next line.
    if (line.endsWith('\\')) return undefined;
    if (/^\s*\[/.test(line)) {
      const [, section] = /^\s*\[(.*)\]\s*$/.exec(line) ?? [];
      // Settings of other files are read as well.
      if (section === undefined || /[\]#;]|^\s*include/i.test(section)) return undefined;
      isOrigin = /^remote(?: "origin"|\.origin)$/i.test(section);
      continue;
    }
    if (/^\s*worktreeconfig\b/i.test(line)) return undefined;
    if (!isOrigin || !/^\s*url\b/i.test(line)) continue;
    // The last one counts.
    [, url] = /^\s*url\s*=\s*([^\s"\\#;]+)\s*$/i.exec(line) ?? [];
    if (url === undefined) return undefined;
  }
  return url;
}
