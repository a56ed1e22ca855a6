import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { createFolder } from '../../ground/create-folder';

const digestBytes = 32;
/** Of one Watchtower, one Node.js and one set of its options there are a few; an update leaves those of before behind. */
const mostFiles = 48;

/**
 * V8's compiled code of our files, kept in a folder of the user's own. It is code that runs: what others could have written is not
 * taken, and what is not whole is as if it were not there. Nothing here throws, since a start without it only takes longer.
 */
export class KeptCode {
  constructor(private readonly folder: string) {}

  /** What was kept of this source, by this Node.js under these options; undefined where there is none to be trusted. */
  read(file: string, source: string): Buffer | undefined {
    try {
      if (!isOnlyOurs(lstatSync(this.folder))) return undefined;
      const opened = openSync(this.#pathOf(file, source), 'r');
      try {
        const stat = fstatSync(opened);
        if (!stat.isFile() || !isOnlyOurs(stat)) return undefined;
        const kept = readFileSync(opened);
        const code = kept.subarray(digestBytes);
        return digestOf(code).equals(kept.subarray(0, digestBytes)) ? code : undefined;
      } finally {
        closeSync(opened);
      }
    } catch {
      return undefined;
    }
  }

  /** Replaces what was kept: a reader sees the old file or the new one, whole. */
  write(file: string, source: string, code: Buffer): void {
    try {
      createFolder(this.folder);
      if (!isOnlyOurs(lstatSync(this.folder))) return;
      const path = this.#pathOf(file, source);
      const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
      try {
        writeFileSync(temporary, Buffer.concat([digestOf(code), code]), { flag: 'wx', mode: 0o600 });
        renameSync(temporary, path);
      } catch {
        rmSync(temporary, { force: true });
      }
      this.#dropOldest();
    } catch {
      // A folder that cannot be made, or a disk that is full.
    }
  }

  #pathOf(file: string, source: string): string {
    const { version, versions, arch, execArgv, env } = process;
    const key = createHash('sha256')
      .update(JSON.stringify([version, versions.v8, arch, execArgv, env.NODE_OPTIONS ?? '']))
      .update(source)
      .digest('hex');
    return join(this.folder, `${basename(file)}-${key.slice(0, 32)}`);
  }

  #dropOldest(): void {
    const files = readdirSync(this.folder).map((name) => join(this.folder, name));
    if (files.length <= mostFiles) return;
    const aged = files.map((path) => ({ path, writtenMs: statSync(path).mtimeMs }));
    aged.sort((one, other) => other.writtenMs - one.writtenMs);
    for (const { path } of aged.slice(mostFiles)) rmSync(path, { force: true });
  }
}

function digestOf(code: Buffer): Buffer {
  return createHash('sha256').update(code).digest();
}

/** Nobody but this user could have written it. Windows has no such bits: there it lies in the user's profile. */
function isOnlyOurs({ uid, mode }: { uid: number; mode: number }): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
}
