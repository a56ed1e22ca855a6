import type { QueryOptions, StoreReader } from '../../store/reader/reader';
import { candidateCondition } from '../search/candidate-condition';
import { always, inWindow, type SeqWindow, type SpanCondition } from '../search/span-condition';
import type { Query } from '../traceql/ast';

/** Rows looked at for names and values, newest first. */
const RECENT_ROWS = 1_000_000n;

/** Nanoseconds, both inclusive. */
export interface TagRange {
  readonly startNs: bigint;
  readonly endNs: bigint;
}

/** The spans whose tags are listed: of those that touch the range the newest, as far as they match the query's first filter. */
export class TagRows {
  private constructor(
    private readonly reader: StoreReader,
    private readonly condition: SpanCondition,
    private readonly window: SeqWindow,
    private readonly options: QueryOptions,
  ) {}

  /** `range` undefined: spans of any time. */
  static async of(
    reader: StoreReader,
    query: Query | undefined,
    range: TagRange | undefined,
    options: QueryOptions,
  ): Promise<TagRows> {
    const touches = range && touching(range);
    const [row] = await reader.database.rows<{ last: bigint | null }>(
      `SELECT max(s.seq) AS last FROM spans s WHERE ${touches ?? 'TRUE'}`,
      [],
      options,
    );
    const last = row?.last ?? 0n;
    const window = { from: last > RECENT_ROWS ? last - RECENT_ROWS : 0n, to: last + 1n };
    const condition = query ? await candidateCondition(reader, query, options) : always;
    if (!touches) return new TagRows(reader, condition, window, options);
    const sql = (part: SeqWindow) => `${touches} AND ${condition.sql(part)}`;
    return new TagRows(reader, { exact: condition.exact, sql }, window, options);
  }

  /** Whether no query narrows them down. */
  get isAll(): boolean {
    return this.condition === always;
  }

  /** Roots alone. */
  roots(): TagRows {
    const { condition } = this;
    const sql = (window: SeqWindow) => `s.parent_id = 0 AND ${condition.sql(window)}`;
    return new TagRows(this.reader, { exact: condition.exact, sql }, this.window, this.options);
  }

  /** SQL of an expression, of the columns of `s`, for each of the spans. */
  select(expression: string): string {
    return `SELECT ${expression} FROM spans s WHERE ${inWindow('s.seq', this.window)} AND ${this.condition.sql(this.window)}`;
  }

  /** SQL of the ids of the attributes of the spans, of their events or their links. */
  attributeIds(scope: 'span' | 'event' | 'link'): string {
    if (scope === 'span') return this.select('unnest(s.attributes)');
    return `SELECT unnest(p.attributes) FROM ${this.parts(scope)}`;
  }

  /** SQL of a table with the events or links of the spans, as `p`. */
  parts(scope: 'event' | 'link'): string {
    return `span_${scope}s p WHERE ${inWindow('p.span_seq', this.window)} AND p.span_seq IN (${this.select('s.seq')})`;
  }

  /** The different ids or codes of a column. */
  async used(column: string): Promise<Set<number>> {
    const sql = `SELECT DISTINCT id FROM (${this.select(`s.${column}`)}) AS used(id)`;
    const rows = await this.reader.database.rows<{ id: number }>(sql, [], this.options);
    return new Set(rows.map(({ id }) => id));
  }
}

function touching({ startNs, endNs }: TagRange): string {
  return `s.start_ns <= ${endNs}::UBIGINT AND s.start_ns + s.duration_ns >= ${startNs}::UBIGINT`;
}
