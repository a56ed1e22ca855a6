import type { JournalPosition } from '../../journal/journal-writer-port';
import type { DictionaryIds } from '../dictionary/dictionary';
import type { DuckDatabase } from '../duck/duck-database';
import type { StoredDeltas } from '../metrics/metrics-decoder';
import type { AttributeKind, Database, StoredAttribute, StoredResource, StoredScope } from '../reader/reader';
import { RETRY_WINDOW_MS } from '../repeats/recent-requests';
import { loadRecentSpans, loadUnfinished, type RecentSpans, type UnfinishedRows } from './load-recent-spans';
import { loadStoredDeltas } from './load-stored-deltas';

/** What an opened database knows, as far as memory needs it. */
export interface StoreState {
  position: JournalPosition | null;
  nextSpanSeq: bigint;
  /** Spans before this are counted in the derived metrics. */
  derivedSpanSeq: bigint;
  nextLogSeq: bigint;
  nextIds: DictionaryIds;
  nextSeriesId: number;
  requests: BigUint64Array;
  spans: RecentSpans;
  unfinished: UnfinishedRows;
  resources: StoredResource[];
  scopes: StoredScope[];
  series: { id: number; name: string; labels: readonly string[] }[];
  metadata: { name: string; type: string; unit: string; help: string }[];
  deltas: StoredDeltas;
}

export async function loadStoreState(database: DuckDatabase, nowMs: number): Promise<StoreState> {
  const [position] = await database.rows<{ segment: bigint; position: bigint }>(
    'SELECT segment, position FROM journal_position ORDER BY segment DESC, position DESC LIMIT 1',
  );
  const next = await loadNext(database);
  const requests = await database.columns('SELECT hash FROM recent_requests WHERE received_ms > $1', [
    nowMs - RETRY_WINDOW_MS,
  ]);
  return {
    position: position ? { segment: Number(position.segment), position: Number(position.position) } : null,
    nextSpanSeq: next.spanSeq,
    derivedSpanSeq: await loadDerivedPosition(database),
    nextLogSeq: next.logSeq,
    nextIds: { string: next.string, attribute: next.attribute, resource: next.resource, scope: next.scope },
    nextSeriesId: next.series,
    requests: requests.columns[0] as BigUint64Array,
    spans: await loadRecentSpans(database, next.spanSeq),
    unfinished: await loadUnfinished(database),
    ...(await loadContexts(database)),
    series: await database.rows('SELECT id, name, labels FROM series'),
    metadata: await database.rows('SELECT name, type, unit, help FROM metric_metadata ORDER BY rowid'),
    deltas: await loadStoredDeltas(database),
  };
}

async function loadDerivedPosition(database: DuckDatabase): Promise<bigint> {
  const [row] = await database.rows<{ position: bigint }>(
    'SELECT COALESCE(max(span_seq), 0)::UBIGINT AS position FROM derived_position',
  );
  return row!.position;
}

// The last epoch counts too: where retention has deleted every row, numbers still do not come back.
async function loadNext(database: DuckDatabase) {
  const next = (column: string, table: string, epoch: string) =>
    `GREATEST(COALESCE((SELECT max(${column}) + 1 FROM ${table}), 1), COALESCE((SELECT max(${epoch}) FROM epochs), 1))`;
  const [row] = await database.rows<{
    spanSeq: bigint;
    logSeq: bigint;
    string: bigint;
    attribute: bigint;
    resource: bigint;
    scope: bigint;
    series: bigint;
  }>(`SELECT ${next('seq', 'spans', 'span_seq')}::UBIGINT AS "spanSeq", ${next('seq', 'logs', 'log_seq')}::UBIGINT AS "logSeq",
    ${next('id', 'strings', 'string_id')}::BIGINT AS "string", ${next('id', 'attributes', 'attribute_id')}::BIGINT AS "attribute",
    ${next('id', 'resources', 'resource_id')}::BIGINT AS "resource", ${next('id', 'scopes', 'scope_id')}::BIGINT AS "scope",
    ${next('id', 'series', 'series_id')}::BIGINT AS "series"`);
  return {
    spanSeq: row!.spanSeq,
    logSeq: row!.logSeq,
    string: Number(row!.string),
    attribute: Number(row!.attribute),
    resource: Number(row!.resource),
    scope: Number(row!.scope),
    series: Number(row!.series),
  };
}

async function loadContexts(database: DuckDatabase): Promise<{ resources: StoredResource[]; scopes: StoredScope[] }> {
  const resources = await database.rows<{ id: number; service: string; attributes: number[]; dropped: number }>(
    'SELECT id, service, attributes, dropped FROM resources',
  );
  const scopes = await database.rows<{
    id: number;
    name: string;
    version: string;
    attributes: number[];
    dropped: number;
  }>('SELECT id, name, version, attributes, dropped FROM scopes');
  const used = [...new Set([...resources, ...scopes].flatMap((context) => context.attributes))];
  const rows = await database.rows<{
    id: number;
    key: string;
    kind: AttributeKind;
    text: string;
    number: number | null;
  }>('SELECT id, key, kind, text, number FROM attributes JOIN (SELECT unnest($1::UINTEGER[]) AS id) USING (id)', [
    used,
  ]);
  const byId = new Map<number, StoredAttribute>(rows.map(({ id, ...attribute }) => [id, attribute]));
  const withAttributes = <Context extends { attributes: number[] }>(context: Context) => ({
    ...context,
    attributes: context.attributes.flatMap((id) => byId.get(id) ?? []),
  });
  return { resources: resources.map(withAttributes), scopes: scopes.map(withAttributes) };
}

/** Samples of the series in `leftOut` do not count. */
export async function countRows(
  database: Database,
  leftOut: ReadonlySet<number>,
): Promise<{ spans: number; logs: number; points: number }> {
  const [row] = await database.rows<{ spans: bigint; logs: bigint; points: bigint }>(
    `SELECT (SELECT count(*) FROM spans) AS spans, (SELECT count(seq) FROM logs) AS logs,
       (SELECT count(*) FROM samples) - (SELECT count(*) FROM samples WHERE series IN (SELECT unnest($1::UINTEGER[])))
         + (SELECT count(*) FROM exponential_histograms) AS points`,
    [[...leftOut]],
  );
  return { spans: Number(row!.spans), logs: Number(row!.logs), points: Number(row!.points) };
}
