import type { Columns, Database, QueryOptions, SqlValue } from '../../store/reader/reader';

export interface RowBatch {
  readonly rows: Columns;
  /** What was asked for in the end: fewer rows of long lines fit DuckDB's memory. */
  readonly limit: number;
}

/** At most `limit` rows of a statement without its LIMIT; fewer where the texts of so many are too much at a time. */
export async function readRows(
  database: Database,
  statement: string,
  parameters: readonly SqlValue[],
  limit: number,
  options: QueryOptions = {},
): Promise<RowBatch> {
  for (let wanted = limit; ; wanted = Math.ceil(wanted / 4)) {
    try {
      return { rows: await database.columns(`${statement} LIMIT ${wanted}`, parameters, options), limit: wanted };
    } catch (error) {
      if (wanted === 1 || !(error instanceof Error && error.message.startsWith('Out of Memory Error'))) throw error;
    }
  }
}
