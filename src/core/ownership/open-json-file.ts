import { readFile, realpath, rename } from 'node:fs/promises';
import type { Problem } from '../../shared/problem';
import { writeFileAtomically } from './write-file-atomically';

export interface JsonFileOptions<Content> {
  path: string;
  /** As in "The settings in … could not be read". */
  what: 'settings' | 'destinations' | 'marks' | 'mutings' | 'searches';
  /** As in "…; the defaults are used." */
  consequence: string;
  /** What a damaged file means to the user, before where it is kept is said. */
  afterDamage: string;
  empty: Content;
  /** Throws where the value is not of this kind at all; its message says why. */
  parse(value: unknown): Content;
  now?: (() => number) | undefined;
}

export interface JsonFile<Content> {
  /** As it was read: the empty content where there is no file, or none that can be read. */
  readonly opened: Content;
  /** Set when the file could not be read; a damaged one was kept aside. */
  readonly problem: Problem | null;
  /** Replaces the whole file; a Problem says why it stays as it was. One that could not be read is never overwritten. */
  write(content: object): Promise<Problem | null>;
}

/** A JSON file of the home, of mode 0600. Writes follow one another. */
export async function openJsonFile<Content>(options: JsonFileOptions<Content>): Promise<JsonFile<Content>> {
  const { path, what } = options;
  const { opened, problem, blocked } = await read(options);
  let writing: Promise<unknown> = Promise.resolve();
  const write = async (content: object): Promise<Problem | null> => {
    if (blocked) return problem;
    try {
      // Who keeps the file elsewhere behind a link keeps the link.
      const place = await realpath(path).catch(() => path);
      await writeFileAtomically(place, `${JSON.stringify(content, null, 2)}\n`);
      return null;
    } catch (error) {
      const message = `The ${what} could not be written to ${path}: ${(error as Error).message}.`;
      return {
        kind: `${what}-not-written`,
        message,
        hint: 'Make room or make the folder writable, then try again.',
      };
    }
  };
  return {
    opened,
    problem,
    write(content) {
      const next = writing.then(() => write(content));
      writing = next;
      return next;
    },
  };
}

interface Opened<Content> {
  opened: Content;
  problem: Problem | null;
  /** What stands there cannot be read and must not be overwritten. */
  blocked: boolean;
}

async function read<Content>(options: JsonFileOptions<Content>): Promise<Opened<Content>> {
  const { path, empty, now = Date.now } = options;
  const found = await look(options);
  if (found.state === 'absent') return { opened: empty, problem: null, blocked: false };
  if (found.state === 'read') return { opened: found.content, problem: null, blocked: false };
  if (found.state === 'unreadable') return { opened: empty, problem: closed(options, found.reason), blocked: true };
  const aside = `${path}.bad-${now()}`;
  const unmoved = await rename(path, aside).catch((failure: Error) => failure);
  if (unmoved) return { opened: empty, problem: closed(options, `${found.reason}; ${unmoved.message}`), blocked: true };
  return { opened: empty, problem: damaged(options, found.reason, aside), blocked: false };
}

/** The same for a process that is not the host: nothing is written or moved. */
export async function peekJsonFile<Content>(
  options: JsonFileOptions<Content>,
): Promise<Pick<JsonFile<Content>, 'opened' | 'problem'>> {
  const found = await look(options);
  if (found.state === 'read') return { opened: found.content, problem: null };
  const problem = found.state === 'absent' ? null : unreadable(options, found.reason);
  return { opened: options.empty, problem };
}

type Look<Content> =
  | { state: 'absent' }
  | { state: 'read'; content: Content }
  /** It can be read, and is none of this kind. */
  | { state: 'damaged'; reason: string }
  | { state: 'unreadable'; reason: string };

async function look<Content>({ path, parse }: JsonFileOptions<Content>): Promise<Look<Content>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? { state: 'absent' } : { state: 'unreadable', reason: message };
  }
  try {
    // Some editors put a byte order mark before the text.
    return { state: 'read', content: parse(JSON.parse(text.replace(/^\ufeff/, ''))) };
  } catch (error) {
    return { state: 'damaged', reason: (error as Error).message };
  }
}

function damaged(options: JsonFileOptions<unknown>, reason: string, aside: string): Problem {
  return {
    ...unreadable(options, reason),
    hint: `${options.afterDamage}The old file is kept as ${aside}.`,
    lifetime: 'until-seen',
  };
}

/** Nothing is read or written until the user has mended the file. */
function closed(options: JsonFileOptions<unknown>, reason: string): Problem {
  return {
    ...unreadable(options, reason),
    hint: 'Make the file readable for this user, then restart Watchtower; until then nothing is written over it.',
    lifetime: 'this-run',
  };
}

function unreadable({ path, what, consequence }: JsonFileOptions<unknown>, reason: string): Problem {
  return {
    kind: `${what}-unreadable`,
    message: `The ${what} in ${path} could not be read (${reason}); ${consequence}.`,
  };
}
