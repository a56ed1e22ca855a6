import type { Facet, Facets } from '../../../shared/contract/facets';
import type { AttributeKind, StoreReader } from '../../store/reader/reader';
import { DURATION_UNKNOWN } from '../../store/reader/span-times';
import { quoteText } from '../../tempo/search/quote-text';
import type { SeqWindow } from '../../tempo/search/span-condition';
import type { Field } from '../../tempo/traceql/ast';
import { toStatic } from '../../tempo/traceql/to-static';
import { compileSpanPopulation, type SpanPopulation } from '../span-population';
import { type FacetColumn, facetColumn } from './facet-column';
import { type CountedValue, writeGroups } from './write-groups';

export interface FacetsRequest {
  /** TraceQL. */
  readonly query: string;
  /** Unix milliseconds, the end not included. */
  readonly window: { readonly from: number; readonly to: number };
  readonly fields: readonly Field[];
  /** Values a field. */
  readonly limit: number;
  /** How long the spans took is told, too: it takes several times as long. */
  readonly durations: boolean;
  readonly signal: AbortSignal;
}

/** Spans whose attributes are looked at; of more, about so many are drawn. */
const MOST_LOOKED = 300_000;
/** Values of a column that are read: more than are asked for, since several may stand for one text. */
const READ = 2000;
const counts = 'count(*)::DOUBLE AS spans, count(*) FILTER (s.status = 2)::DOUBLE AS errors';
const percentile = `coalesce(approx_quantile(s.duration_ns, 0.95) FILTER ((s.times & ${DURATION_UNKNOWN}) = 0)::DOUBLE, -1) AS p95`;

function measures({ durations }: FacetsRequest): string {
  return `${counts}, ${durations ? percentile : '-1::DOUBLE AS p95'}`;
}

/** How many spans of a query have which values. Throws `PopulationRefused`. */
export async function countFacets(reader: StoreReader, request: FacetsRequest): Promise<Facets> {
  const { query, window, fields, signal } = request;
  const population = await compileSpanPopulation(reader, { query, window }, signal);
  const { spans, rows } = await countSpans(reader, population, signal);
  const facets: Facet[] = [];
  for (const field of fields) {
    const column = facetColumn(reader, field);
    facets.push(
      column
        ? await ofColumn(reader, population, rows, column, field, request)
        : await ofAttribute(reader, population, rows, spans, field as AttributeField, request),
    );
  }
  return { spans, facets };
}

type AttributeField = Extract<Field, { type: 'attribute' }>;

async function countSpans(
  { database }: StoreReader,
  population: SpanPopulation,
  signal: AbortSignal,
): Promise<{ spans: number; rows: SeqWindow }> {
  const [bounds] = await database.rows<{ first: bigint | null; last: bigint | null }>(
    `SELECT min(seq) AS first, max(seq) AS last FROM spans
     WHERE start_ns >= ${population.startNs}::UBIGINT AND start_ns < ${population.endNs}::UBIGINT`,
    [],
    { signal },
  );
  if (bounds?.first == null || bounds.last == null) return { spans: 0, rows: { from: 0n, to: 0n } };
  const rows = { from: bounds.first, to: bounds.last + 1n };
  const [counted] = await database.rows<{ spans: number }>(
    `SELECT count(*)::DOUBLE AS spans FROM spans s WHERE ${matching(population, rows)}`,
    [],
    { signal },
  );
  return { spans: counted?.spans ?? 0, rows };
}

function matching(population: SpanPopulation, { from, to }: SeqWindow): string {
  return `s.seq >= ${from}::UBIGINT AND s.seq < ${to}::UBIGINT AND ${population.sql({ from, to })}`;
}

/** The values of most spans, with the numbers of all of them beside each. */
function mostFrequent(grouped: string, limit: number): string {
  return `SELECT *, count(*) OVER ()::DOUBLE AS groups, sum(spans) OVER ()::DOUBLE AS total FROM (${grouped}) ORDER BY spans DESC, 1 LIMIT ${limit}`;
}

async function ofColumn(
  { database }: StoreReader,
  population: SpanPopulation,
  rows: SeqWindow,
  { join, sql, resolve }: FacetColumn,
  field: Field,
  request: FacetsRequest,
): Promise<Facet> {
  const { limit, signal } = request;
  const found = await database.rows<Counted & { number: number }>(
    mostFrequent(
      `SELECT ${sql}::UINTEGER AS number, ${measures(request)} FROM spans s ${join} WHERE ${matching(population, rows)} GROUP BY 1`,
      Math.max(limit, READ),
    ),
    [],
    { signal },
  );
  const values = await resolve(found.map(({ number }) => number));
  const counted = found.map(({ number, ...row }): CountedValue => ({ ...row, value: values.get(number) }));
  const total = found[0]?.total ?? 0;
  return writeGroups(field, counted, { groups: found[0]?.groups ?? 0, total, looked: total, limit });
}

interface Counted {
  spans: number;
  errors: number;
  p95: number;
  groups: number;
  total: number;
}

/** Attributes stand in lists, which take long to read: of many spans a part is drawn, by whole blocks. */
async function ofAttribute(
  { database }: StoreReader,
  population: SpanPopulation,
  rows: SeqWindow,
  spans: number,
  field: AttributeField,
  request: FacetsRequest,
): Promise<Facet> {
  const { limit, signal } = request;
  const part = ((100 * MOST_LOOKED) / Math.max(1, spans)).toFixed(4);
  const source = spans > MOST_LOOKED ? `spans TABLESAMPLE SYSTEM (${part}%)` : 'spans';
  // How long those took that have it not: spans that none of the values is of.
  const without = `(SELECT ${percentile} FROM drawn s WHERE s.place NOT IN (SELECT place FROM having_it))`;
  const found = await database.rows<AttributeRow>(
    `WITH drawn AS MATERIALIZED (
       SELECT s.place, s.status, s.duration_ns, s.times, s.attributes FROM (SELECT *, rowid AS place FROM ${source}) s
       WHERE ${matching(population, rows)}),
     having_it AS ${request.durations ? 'MATERIALIZED' : 'NOT MATERIALIZED'} (
       SELECT s.place, s.status, s.duration_ns, s.times, k.text, k.kind, k.number
       FROM (SELECT d.place, d.status, d.duration_ns, d.times, unnest(d.attributes) AS attribute FROM drawn d) s
       JOIN attributes k ON k.id = s.attribute WHERE k.key = ${quoteText(field.name)}),
     valued AS (
       SELECT s.text AS text, s.kind AS kind, any_value(s.number) AS number, ${measures(request)} FROM having_it s GROUP BY 1, 2)
     SELECT f.*, w.looked, w.failed, (SELECT sum(errors) FROM valued) AS having_failed,
       ${request.durations ? without : '-1::DOUBLE'} AS without_p95
     FROM (SELECT count(*)::DOUBLE AS looked, count(*) FILTER (status = 2)::DOUBLE AS failed FROM drawn) w
     LEFT JOIN (${mostFrequent('SELECT * FROM valued', limit)}) f ON true ORDER BY f.spans DESC, f.text`,
    [],
    { signal },
  );
  const [first] = found;
  const {
    looked = 0,
    failed = 0,
    total,
    groups,
    having_failed: havingFailed,
    without_p95: withoutP95 = -1,
  } = first ?? {};
  const counted = found.flatMap(({ kind, text, number, spans, errors, p95 }): CountedValue[] =>
    spans === null ? [] : [{ spans, errors, p95, value: toStatic({ kind, text, number }) }],
  );
  const absentSpans = looked - (total ?? 0);
  const absent =
    absentSpans > 0
      ? [{ spans: absentSpans, errors: failed - (havingFailed ?? 0), p95: withoutP95, value: undefined }]
      : [];
  return writeGroups(field, [...counted, ...absent], {
    groups: (groups ?? 0) + absent.length,
    total: looked,
    looked,
    limit: limit + absent.length,
  });
}

/** All but `looked`, `failed` and `without_p95` are null where no span has the attribute. */
interface AttributeRow extends Counted {
  kind: AttributeKind;
  text: string;
  number: number | null;
  looked: number;
  failed: number;
  having_failed: number | null;
  /** Of those that have it not. */
  without_p95: number;
}
