import { closeSync, openSync } from 'node:fs';
import type { Problem } from '../../../shared/problem';
import { StoreRefused } from './store-refused';

/** Why a database does not open or take what is written to it. */
export type StoreFailure =
  /** The file cannot be made sense of: what DuckDB says after it has read it. */
  | { readonly isDamage: true; readonly details: string }
  /** Anything else, known or not: the file is to be left alone. */
  | { readonly isDamage: false; readonly problem: Problem };

// DuckDB tells causes apart by how its message begins: its kind of error and, for a file, its own sentence about it. A path
// comes only after that, whatever words it is made of.
const DAMAGE = [
  /^IO Error: Corrupt database file: /,
  /^IO Error: The file "/,
  /^IO Error: Could not read enough bytes from file "/,
  /^Serialization Error: /,
  /^INTERNAL Error: /,
];
const NEWER = /^IO Error: Trying to read a database file with version number (\d+)/;
const HELD = /^IO Error: Could not set lock on file "/;
const FULL = /: (No space left on device|Disk quota exceeded|There is not enough space on the disk)/;
const FULL_CODES = new Set(['ENOSPC', 'EDQUOT']);

/** DuckDB puts what it was doing before the cause. */
const WRAPPING =
  /^(FATAL Error: Failed to create checkpoint because of error: |TransactionContext Error: Failed to commit: )/;

/** Looks at the kind of an error of DuckDB or Node about the database at `path`, not at the words of the path. */
export function describeStoreFailure(error: unknown, path: string): StoreFailure {
  if (error instanceof StoreRefused) return { isDamage: false, problem: error.problem };
  const text = error instanceof Error ? error.message : String(error);
  const message = text.replace(WRAPPING, '');
  if (DAMAGE.some((sentence) => sentence.test(message))) return { isDamage: true, details: text };
  return { isDamage: false, problem: { ...explain(error, message, path), details: text } };
}

function explain(error: unknown, message: string, path: string): Problem {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (FULL_CODES.has(code) || FULL.test(message.replaceAll(path, ''))) return diskFull();
  if (NEWER.test(message)) {
    return {
      kind: 'data-newer',
      message: `The database ${path} was written by a newer version of DuckDB than this version of Watchtower knows.`,
      hint: 'Update Watchtower, or choose another data folder (--data-dir). Nothing was changed.',
    };
  }
  if (HELD.test(message)) {
    const holder = /Conflicting lock is held in (.+ \(PID \d+\))/.exec(message.replaceAll(path, ''))?.[1];
    return {
      kind: 'database-held',
      message: `The database ${path} is open in another program${holder ? `: ${holder}` : ''}.`,
      hint: 'Close it there; it is tried again by itself. Nothing was changed, and what is received waits in the journal.',
    };
  }
  const refusal = code || probe(path);
  if (refusal) {
    return {
      kind: 'database-unreadable',
      message: `The database ${path} cannot be read and written (${refusal}).`,
      hint: `${WHAT_TO_DO[refusal] ?? 'Check the disk'}, or choose another data folder (--data-dir). Nothing was changed.`,
    };
  }
  return {
    kind: 'store-failed',
    message: `The database ${path} could not be opened.`,
    hint: 'Nothing was changed, and received telemetry is kept in the journal; see the details.',
  };
}

const WHAT_TO_DO: Readonly<Record<string, string>> = {
  EACCES: 'Give this user the right to read and write it',
  EPERM: 'Give this user the right to read and write it',
  EROFS: 'Make its disk writable',
  EISDIR: 'Move the folder of this name away',
  ENOENT: 'Remove the link that leads nowhere',
  ELOOP: 'Remove the link that leads to itself',
  EBUSY: 'Close the program that has it open',
  EMFILE: 'Allow more open files',
  ENFILE: 'Allow more open files',
};

/** The system's own word for why a file cannot be opened, as DuckDB gives it only in prose; empty when it can be. */
function probe(path: string): string {
  try {
    closeSync(openSync(path, 'r+'));
    return '';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? '';
  }
}

export function diskFull(): Problem {
  return {
    kind: 'disk-full',
    message: 'The disk is full: telemetry waits in the journal, and more is refused while too little is free.',
    hint: 'Free some space; the store goes on by itself.',
  };
}
