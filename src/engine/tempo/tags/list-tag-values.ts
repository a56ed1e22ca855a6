import type { QueryOptions, StoreReader } from '../../store/reader';
import { candidateCondition } from '../search/candidate-condition';
import { quoteText } from '../search/quote-text';
import { always, inWindow, type SeqWindow, type SpanCondition } from '../search/span-condition';
import type { Attribute, Intrinsic, Query } from '../traceql/ast';
import { toStatic } from '../traceql/evaluate-field';
import { readAttribute, readIntrinsic } from '../traceql/read-field-expression';
import { kindNames, type Static, statusNames, string } from '../traceql/static-value';

/** Rows looked at for values, newest first. */
const RECENT_ROWS = 1_000_000n;

/**
 * Values of a tag: `resource.service.name`, `span.http.method`, `.http.method`, `name`, or a bare attribute name.
 * With a query, only of spans that match its first filter.
 */
export async function listTagValues(
  reader: StoreReader,
  tag: string,
  query: Query | undefined,
  options: QueryOptions,
): Promise<Static[]> {
  const window = await recentWindow(reader, options);
  const condition = query ? await candidateCondition(reader, query, options) : always;
  const intrinsic = readIntrinsic(tag);
  if (intrinsic) return intrinsicValues(reader, intrinsic, condition, window, options);
  const attribute = readAttribute(tag) ?? { type: 'attribute' as const, name: tag };
  return attributeValues(reader, attribute, condition, window, options);
}

async function recentWindow(reader: StoreReader, options: QueryOptions): Promise<SeqWindow> {
  const [row] = await reader.database.rows<{ last: bigint | null }>('SELECT max(seq) AS last FROM spans', [], options);
  const last = row?.last ?? 0n;
  return { from: last > RECENT_ROWS ? last - RECENT_ROWS : 0n, to: last + 1n };
}

async function attributeValues(
  reader: StoreReader,
  { scope, name }: Attribute,
  condition: SpanCondition,
  window: SeqWindow,
  options: QueryOptions,
): Promise<Static[]> {
  const values: Static[] = [];
  if (scope === undefined || scope === 'resource') {
    const used = condition === always ? undefined : await usedIds(reader, 'resource', condition, window, options);
    for (const resource of reader.dictionary.resources().values()) {
      if (used && !used.has(resource.id)) continue;
      if (name === 'service.name') values.push(string(resource.service));
      else values.push(...resource.attributes.filter(({ key }) => key === name).map(toStatic));
    }
  }
  if (scope === 'instrumentation') {
    for (const { attributes } of reader.dictionary.scopes().values())
      values.push(...attributes.filter(({ key }) => key === name).map(toStatic));
  }
  if (scope !== 'resource' && scope !== 'instrumentation') {
    const ids =
      scope === 'event' || scope === 'link'
        ? `SELECT unnest(p.attributes) FROM span_${scope}s p WHERE ${inWindow('p.span_seq', window)} AND p.span_seq IN (${matching('seq', condition, window)})`
        : `SELECT unnest(s.attributes) FROM spans s WHERE ${inWindow('s.seq', window)} AND ${condition.sql(window)}`;
    const rows = await reader.database.rows<{ kind: 0; text: string; number: number | null }>(
      `SELECT DISTINCT kind, text, number FROM attributes WHERE key = ${quoteText(name)} AND id IN (${ids})`,
      [],
      options,
    );
    values.push(...rows.map(toStatic));
  }
  return distinct(values.flatMap((value) => (value.type === 'array' ? value.elements : [value])));
}

async function intrinsicValues(
  reader: StoreReader,
  name: Intrinsic,
  condition: SpanCondition,
  window: SeqWindow,
  options: QueryOptions,
): Promise<Static[]> {
  switch (name) {
    case 'status':
      return [...statusNames].map((value) => ({ type: 'status', value }));
    case 'kind':
      return [...kindNames].map((value) => ({ type: 'kind', value }));
    case 'name':
      return textsOf(reader, await usedIds(reader, 'name', condition, window, options));
    case 'statusMessage':
      return textsOf(reader, await usedIds(reader, 'status_message', condition, window, options));
    case 'rootName':
      return textsOf(reader, await usedIds(reader, 'name', roots(condition), window, options));
    case 'rootServiceName': {
      const used = await usedIds(reader, 'resource', roots(condition), window, options);
      return distinct([...used].flatMap((id) => reader.dictionary.resources().get(id)?.service ?? []).map(string));
    }
    case 'event:name': {
      const rows = await reader.database.rows<{ name: number }>(
        `SELECT DISTINCT name FROM span_events WHERE ${inWindow('span_seq', window)} AND span_seq IN (${matching('seq', condition, window)})`,
        [],
        options,
      );
      return textsOf(reader, new Set(rows.map((row) => row.name)));
    }
    case 'instrumentation:name':
      return distinct([...reader.dictionary.scopes().values()].map((scope) => string(scope.name)));
    case 'instrumentation:version':
      return distinct([...reader.dictionary.scopes().values()].map((scope) => string(scope.version)));
    default:
      return [];
  }
}

function roots(condition: SpanCondition): SpanCondition {
  return { exact: condition.exact, sql: (window) => `s.parent_id = 0 AND ${condition.sql(window)}` };
}

function matching(column: string, condition: SpanCondition, window: SeqWindow): string {
  return `SELECT s.${column} FROM spans s WHERE ${inWindow('s.seq', window)} AND ${condition.sql(window)}`;
}

async function usedIds(
  reader: StoreReader,
  column: string,
  condition: SpanCondition,
  window: SeqWindow,
  options: QueryOptions,
): Promise<Set<number>> {
  const rows = await reader.database.rows<{ id: number }>(
    `SELECT DISTINCT s.${column} AS id FROM spans s WHERE ${inWindow('s.seq', window)} AND ${condition.sql(window)}`,
    [],
    options,
  );
  return new Set(rows.map(({ id }) => id));
}

async function textsOf(reader: StoreReader, ids: ReadonlySet<number>): Promise<Static[]> {
  return distinct([...(await reader.dictionary.strings(ids)).values()].filter((text) => text !== '').map(string));
}

function distinct(values: readonly Static[]): Static[] {
  const byText = new Map(values.filter((value) => value.type !== 'nil').map((value) => [JSON.stringify(value), value]));
  return [...byText.keys()].sort().map((key) => byText.get(key) as Static);
}
