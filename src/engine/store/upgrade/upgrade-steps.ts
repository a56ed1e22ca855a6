/**
 * What brings the tables from the format that is the key to the next one. The tables of `schema.ts` are made first, where
 * they are missing, so that a step only changes those that were there: new columns, at the end and in the order of
 * `schema.ts`, without constraints. Rows of before hold NULL in them, or the DEFAULT that the column is given in both places.
 */
export const UPGRADE_STEPS: Readonly<Record<number, readonly string[]>> = {
  1: [
    'ALTER TABLE spans ADD COLUMN times UTINYINT DEFAULT 0',
    // A start of 0 made the end the duration.
    'INSERT INTO span_sent_times SELECT seq, 0, duration_ns FROM spans WHERE start_ns = 0 AND duration_ns > 0',
    'UPDATE spans SET times = 3, start_ns = duration_ns, duration_ns = 0 WHERE start_ns = 0 AND duration_ns > 0',
    'ALTER TABLE logs ADD COLUMN time_source UTINYINT DEFAULT 0',
    'UPDATE logs SET time_source = 1 WHERE observed_ns = time_ns',
  ],
};
