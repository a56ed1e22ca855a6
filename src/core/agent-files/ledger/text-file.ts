import { lstat, mkdir, readFile, readlink, realpath, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Problem } from '../../../shared/problem';
import { writeFileAtomically } from '../../ownership/write-file-atomically';

/** A text file as it is on the disk. */
export interface TextFile {
  /** The file itself, where the path leads through links. */
  readonly path: string;
  /** Undefined: there is none. */
  readonly text: string | undefined;
  /** Stands before the text, and stays there. */
  readonly bom: boolean;
  readonly mode: number;
}

/** No settings file of a person is so long. */
const maxBytes = 8 * 1024 * 1024;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const BOM = '\ufeff';

/** Reads a file of settings or rules. Problem: it is no text file, or cannot be read or written. */
export async function readTextFile(
  named: string,
): Promise<TextFile | { readonly path: string; readonly problem: Problem }> {
  const path = await followLinks(named);
  const refuse = (message: string, hint: string) => ({ path, problem: unreadable(message, hint) });
  let found: Awaited<ReturnType<typeof stat>>;
  try {
    found = await stat(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { path, text: undefined, bom: false, mode: 0o644 };
    return refuse(`It cannot be read (${code}).`, 'Give this user the right to read it.');
  }
  if (!found.isFile()) return refuse('It is no file.', 'Move it away, then try again.');
  if (found.size > maxBytes) return refuse('It is over 8 MiB: no settings file.', 'Look at what it is.');
  // Root may write anything: a person who took the right to write away meant it.
  if ((found.mode & 0o222) === 0)
    return {
      path,
      problem: {
        kind: 'agent-file-read-only',
        message: 'It is read-only. It was not touched.',
        hint: `Allow writing (\`chmod u+w ${path}\`), or do what is shown by hand.`,
      },
    };
  let text: string;
  try {
    text = decoder.decode(await readFile(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EACCES' ? 'This user may not read it.' : 'It is not UTF-8.';
    return refuse(why, 'Mend that, then try again.');
  }
  const bom = text.startsWith(BOM);
  return { path, text: bom ? text.slice(1) : text, bom, mode: found.mode & 0o7777 };
}

/**
 * Writes a text in place of what was read, whole or not at all; its mode stays. Answers the folders that were made for it, the
 * outermost first.
 */
export async function writeTextFile(
  { path, bom, mode }: TextFile,
  text: string,
): Promise<{ made: string[] } | { problem: Problem }> {
  const content = bom ? BOM + text : text;
  const made: string[] = [];
  try {
    made.push(...(await makeFolders(dirname(path))));
    const links = await stat(path).then(
      ({ nlink }) => nlink,
      () => 1,
    );
    // Another name of the same file keeps seeing what is written only where the file itself stays.
    if (links > 1) await writeFile(path, content);
    else await writeFileAtomically(path, content, mode);
    return { made };
  } catch (error) {
    await removeFolders(made);
    const { code, message } = error as NodeJS.ErrnoException;
    return {
      problem: {
        kind: 'agent-file-read-only',
        message: `It could not be written (${code ?? message}). It is as it was.`,
        hint: 'Allow this user to write there, or do what is shown by hand.',
      },
    };
  }
}

/** Removes the file, and of these folders those that are empty then; answers those that hold something, and stay. */
export async function removeTextFile(path: string, folders: readonly string[]): Promise<string[]> {
  await rm(path, { force: true });
  return removeFolders(folders);
}

async function removeFolders(folders: readonly string[]): Promise<string[]> {
  const stay: string[] = [];
  for (const folder of [...folders].reverse()) await rmdir(folder).catch(() => stay.unshift(folder));
  return stay;
}

async function makeFolders(folder: string): Promise<string[]> {
  try {
    await stat(folder);
    return [];
  } catch {
    const above = await makeFolders(dirname(folder));
    await mkdir(folder);
    return [...above, folder];
  }
}

/** Where links lead, also where the last one leads to nothing yet. */
async function followLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    if (parent === path) return path;
    const isLink = await lstat(path).then(
      (found) => found.isSymbolicLink(),
      () => false,
    );
    // A link to nothing is kept: the file is made where it leads.
    if (isLink) return followDangling(path);
    return join(await followLinks(parent), basename(path));
  }
}

async function followDangling(path: string): Promise<string> {
  return followLinks(resolve(dirname(path), await readlink(path)));
}

function unreadable(message: string, hint: string): Problem {
  return { kind: 'agent-file-invalid', message: `${message} It was not touched.`, hint };
}
