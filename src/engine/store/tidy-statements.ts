import type { JournalPosition } from '../journal/journal-writer-port';
import { RETRY_WINDOW_MS } from './repeats/recent-requests';

/** What deletes rows that the store keeps for itself and needs no more; everything before `committed` is in the database. */
export function tidyStatements(nowMs: number, committed: JournalPosition | null): string[] {
  return [
    'DELETE FROM delta_totals WHERE rowid NOT IN (SELECT max(rowid) FROM delta_totals GROUP BY series)',
    `DELETE FROM recent_requests WHERE received_ms < ${nowMs - 2 * RETRY_WINDOW_MS}`,
    'DELETE FROM derived_position WHERE span_seq < (SELECT max(span_seq) FROM derived_position)',
    ...(committed
      ? [`DELETE FROM journal_position WHERE segment <> ${committed.segment} OR position <> ${committed.position}`]
      : []),
  ];
}
