/**
 * What brings the tables from the format that is the key to the next one. The tables of `schema.ts` are made first, where
 * they are missing, so that a step only changes those that were there: new columns, at the end and in the order of
 * `schema.ts`, without constraints. Rows of before hold NULL in them, or the DEFAULT that the column is given in both places.
 */
export const UPGRADE_STEPS: Readonly<Record<number, readonly string[]>> = {
  1: [],
};
