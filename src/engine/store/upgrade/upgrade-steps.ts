/**
 * What brings the tables from the format that is the key to the next one. The tables of `schema.ts` are made first, where
 * they are missing, so that a step only changes those that were there: new columns, at the end and in the order of
 * `schema.ts`, without constraints. Rows of before hold NULL in them, or the DEFAULT that the column is given in both places.
 */
export const UPGRADE_STEPS: Readonly<Record<number, readonly string[]>> = {
  1: [
    'ALTER TABLE spans ADD COLUMN times UTINYINT DEFAULT 0',
    'ALTER TABLE spans ADD COLUMN sent_start_ns UBIGINT DEFAULT 0',
    'ALTER TABLE spans ADD COLUMN sent_end_ns UBIGINT DEFAULT 0',
    // A start of 0 made the end the duration.
    `UPDATE spans SET times = 3, sent_end_ns = duration_ns, start_ns = duration_ns, duration_ns = 0
     WHERE start_ns = 0 AND duration_ns > 0`,
    'ALTER TABLE logs ADD COLUMN time_source UTINYINT DEFAULT 0',
    'UPDATE logs SET time_source = 1 WHERE observed_ns = time_ns',
  ],
  // The times that a span was sent with stand in rows of their own, and `times` says that it is unfinished.
  2: [
    'INSERT INTO span_sent_times SELECT seq, sent_start_ns, sent_end_ns FROM spans WHERE times <> 0',
    'ALTER TABLE spans DROP COLUMN sent_start_ns',
    'ALTER TABLE spans DROP COLUMN sent_end_ns',
    // DuckDB commits no change of rows that comes before one of their table's columns.
    'UPDATE spans SET times = times + 4 WHERE times >= 2 AND seq IN (SELECT span_seq FROM span_sent_times WHERE end_ns = 0)',
  ],
};
