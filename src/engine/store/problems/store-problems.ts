import type { Problem } from '../../../shared/problem';
import { databasePath } from '../../data-folder/database-path';
import { describeStoreFailure } from './describe-store-failure';

/** What the store at work says of itself. */
export const storeProblems = { unwritable, journalUnreadable, seriesCapped, spanMetricsCapped, maintenanceFailed };

function unwritable(error: unknown, dataDir: string): Problem {
  const failure = describeStoreFailure(error, databasePath(dataDir));
  if (!failure.isDamage && failure.problem.kind !== 'store-failed') return failure.problem;
  return {
    kind: 'store-unwritable',
    message: 'The database cannot be written: received telemetry waits in the journal.',
    hint: 'It is tried again by itself.',
    details: String(error instanceof Error ? error.message : error),
  };
}

/** Only what is damaged needs space to be passed: it is set aside first. */
function journalUnreadable(error: Error): Problem {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return {
      kind: 'disk-full',
      message: 'The disk is full: a damaged part of the journal cannot be set aside, and what came after it waits.',
      hint: 'Free some space; the store goes on by itself.',
    };
  }
  return {
    kind: 'journal-unreadable',
    message: 'The journal cannot be read back: what was received since waits in it.',
    hint: 'It is tried again by itself; check the disk and the rights of the data folder.',
    details: error.message,
  };
}

function seriesCapped(refused: number): Problem {
  return {
    kind: 'series-capped',
    message: `There are too many metric series: ${refused} points of new ones were left out.`,
    hint: 'Remove attributes with many values from the metrics; series go when their samples are too old to keep.',
  };
}

function spanMetricsCapped(overflow: number): Problem {
  return {
    kind: 'span-metrics-capped',
    message: `Spans have too many names for metrics of their own: ${overflow} were counted together, under metric_overflow="true", by service, kind and status.`,
    hint: 'Keep ids and addresses out of span names and in attributes; traces are not affected.',
  };
}

function maintenanceFailed(error: unknown, dataDir: string): Problem {
  const failure = describeStoreFailure(error, databasePath(dataDir));
  // The same cause under its own name, so that it is told once.
  if (!failure.isDamage && failure.problem.kind === 'disk-full') return failure.problem;
  return {
    kind: 'store-maintenance',
    message: 'The database could not be tidied up: it may grow beyond its limits.',
    hint: 'It is tried again by itself; check that the disk has free space.',
    details: error instanceof Error ? error.message : String(error),
  };
}
