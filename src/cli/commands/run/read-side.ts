import { readFile } from 'node:fs/promises';
import type { RunSide } from '../../../core/runs/run-controller';
import type { RunSummary } from '../../../shared/runs/run-summary';
import { CommandFailure } from '../../command-failure';
import { EXIT } from '../../exit-codes';

/** What a person calls a run: a file where it looks like one (`./shop.json`), else a run of this home. */
export async function readSide(given: string): Promise<RunSide> {
  return /[/\\]|\.json$/.test(given) ? { summary: await readSummary(given) } : { ref: given };
}

async function readSummary(path: string): Promise<RunSummary> {
  const refuse = (message: string, hint: string, kind: 'summary-unreadable' | 'summary-newer' = 'summary-unreadable') =>
    new CommandFailure({ kind, message, hint }, EXIT.usage);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw refuse(
      code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read as a summary: ${message}`,
      '`watchtower runs save RUN FILE` writes one.',
    );
  }
  const { version } = (value ?? {}) as { version?: unknown };
  if (typeof version === 'number' && version > 1)
    throw refuse(
      `${path} was written by a newer Watchtower, in version ${version} of its format.`,
      'Compare it with that one.',
      'summary-newer',
    );
  const schema = (await import('../../../shared/runs/run-summary')).RunSummary;
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw refuse(
    `${path} is no summary of a run: ${issue?.path.join('.') || 'it'} ${issue?.message ?? ''}`.trim(),
    '`watchtower runs save RUN FILE` writes one.',
  );
}
