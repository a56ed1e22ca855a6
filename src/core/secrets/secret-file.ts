import { readFile, rename, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { Problem } from '../../shared/problem';
import { writeFileAtomically } from '../ownership/write-file-atomically';
import type { DestinationSecret, SecretStore, StoredSecrets } from './secret-store';

/** How a secret stands in the file. Null where the keychain refuses, or cannot open any more what it once sealed. */
interface SecretCipher {
  seal(text: string): string | null;
  open(sealed: string): string | null;
}

const SealedSecrets = z.record(z.string(), z.string());
const Secret = z.record(z.string(), z.string());
type Sealed = z.infer<typeof SealedSecrets>;

export interface SecretFileOptions {
  path: string;
  place: string;
  cipher: SecretCipher;
  now?: () => number;
}

/** Secrets in a JSON file of mode 0600, each sealed by the cipher. A file that others may read is refused. */
export function createSecretFile({ path, place, cipher, now = Date.now }: SecretFileOptions): SecretStore {
  // Changes follow one another: each reads the file, changes one entry and replaces the file.
  let changing: Promise<unknown> = Promise.resolve();
  function change(edit: (sealed: Sealed) => void): Promise<Problem | null> {
    const next = changing.then(async () => {
      const { sealed, problem } = await readSealed(path, now);
      if (sealed === null) return problem;
      const before = JSON.stringify(sealed);
      edit(sealed);
      if (JSON.stringify(sealed) === before) return null;
      return write(path, `${JSON.stringify(sealed, null, 2)}\n`);
    });
    changing = next.catch(() => {});
    return next;
  }
  return {
    place,
    async read() {
      await changing;
      const { sealed, problem } = await readSealed(path, now);
      return open(sealed ?? {}, cipher, problem);
    },
    async set(id, secret) {
      const sealed = cipher.seal(JSON.stringify(secret));
      if (sealed === null) return notSealed(place);
      return change((all) => {
        all[id] = sealed;
      });
    },
    delete: (id) =>
      change((sealed) => {
        delete sealed[id];
      }),
  };
}

function open(sealed: Sealed, cipher: SecretCipher, fault: Problem | null): StoredSecrets {
  const secrets = new Map<string, DestinationSecret>();
  let problem = fault;
  for (const [id, text] of Object.entries(sealed)) {
    const secret = parse(Secret, cipher.open(text));
    if (secret) secrets.set(id, secret);
    else {
      problem ??= {
        kind: 'secret-unreadable',
        message: `The secret of ${id} cannot be opened with this user's keychain.`,
        hint: 'Give its token again.',
      };
    }
  }
  return { secrets, problem };
}

/** `sealed` is null where nothing may be read or written until the user has mended the file. */
async function readSealed(
  path: string,
  now: () => number,
): Promise<{ sealed: Sealed | null; problem: Problem | null }> {
  let text: string;
  try {
    const { mode } = await stat(path);
    // Windows has no such bits: the profile folder's access list guards the file there.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) return { sealed: null, problem: exposed(path, mode) };
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? { sealed: {}, problem: null } : { sealed: null, problem: unreadable(path, message) };
  }
  const sealed = parse(SealedSecrets, text);
  if (sealed) return { sealed, problem: null };
  const aside = `${path}.bad-${now()}`;
  await rename(path, aside);
  const problem: Problem = {
    kind: 'secrets-unreadable',
    message: `The secrets in ${path} could not be read: the file is damaged.`,
    hint: `Give the tokens again. The old file is kept as ${aside}.`,
  };
  return { sealed: {}, problem };
}

/** Null for anything else; the error of JSON.parse shows a part of the text and is dropped for that. */
function parse<Value>(schema: z.ZodType<Value>, text: string | null): Value | null {
  try {
    return text === null ? null : (schema.safeParse(JSON.parse(text)).data ?? null);
  } catch {
    return null;
  }
}

async function write(path: string, text: string): Promise<Problem | null> {
  try {
    await writeFileAtomically(path, text);
    return null;
  } catch (error) {
    const message = `The secrets could not be written to ${path}: ${(error as Error).message}.`;
    return { kind: 'secrets-not-written', message, hint: 'Make room or make the folder writable, then try again.' };
  }
}

function notSealed(place: string): Problem {
  return {
    kind: 'secret-not-sealed',
    message: `The secret could not be put into ${place}.`,
    hint: 'Unlock the keychain, then try again.',
  };
}

function exposed(path: string, mode: number): Problem {
  return {
    kind: 'secrets-exposed',
    message: `${path} can be read by other users of this machine (mode ${(mode & 0o777).toString(8).padStart(4, '0')}).`,
    hint: `Renew the tokens if others use this machine, then run: chmod 600 '${path}'`,
  };
}

function unreadable(path: string, reason: string): Problem {
  const message = `The secrets in ${path} could not be read (${reason}).`;
  return { kind: 'secrets-unreadable', message, hint: 'Make the file readable for this user.' };
}
