import { Pace } from '../../pace/pace';
import { sortInTurns } from '../../pace/sort-in-turns';
import type { QueryOptions, StoreReader } from '../../store/reader/reader';
import { quoteText } from '../search/quote-text';
import { serviceNameOf } from '../store/loaded-trace';
import type { Attribute, Field, Intrinsic } from '../traceql/ast';
import { formatStatic, kindNames, type Static, statusNames, string } from '../traceql/static-value';
import { toStatic } from '../traceql/to-static';
import type { TagRows } from './tag-rows';

/** Of the values of one tag, in characters: more have no use for completion. */
const MAX_TEXT = 8_000_000;
/** Bytes of one value: nobody picks a longer one from a list, and DISTINCT over many is too much for the memory. */
const MAX_VALUE = 4096;

/** One value, in units of `Pace.isDueAfter`. */
const VALUE = 100;

export interface TagValues {
  readonly values: readonly Static[];
  /** Values that are not among them as they are too long, or more than a list is for. */
  readonly leftOut: number;
}

/** Values of a tag in the rows, each once, in the order of their texts. */
export async function listTagValues(
  reader: StoreReader,
  field: Field,
  rows: TagRows,
  options: QueryOptions,
): Promise<TagValues> {
  const { values, leftOut } =
    field.type === 'intrinsic'
      ? { values: await intrinsicValues(reader, field.name, rows, options), leftOut: 0 }
      : await attributeValues(reader, field, rows, options);
  const pace = new Pace(options.signal);
  const byText = new Map<string, Static>();
  for (const value of values) {
    const elements = value.type === 'array' ? value.elements : [value];
    for (const each of elements) if (each.type !== 'nil') byText.set(`${each.type} ${formatStatic(each)}`, each);
    if (pace.isDueAfter(VALUE * (1 + elements.length))) await pace.turn();
  }
  const sorted = await sortInTurns([...byText], ([a], [b]) => (a < b ? -1 : 1), pace);
  return { values: sorted.map(([, value]) => value), leftOut };
}

async function attributeValues(
  reader: StoreReader,
  { scope, name }: Attribute,
  rows: TagRows,
  options: QueryOptions,
): Promise<{ values: Static[]; leftOut: number }> {
  const values: Static[] = [];
  if (scope === undefined || scope === 'resource') values.push(...(await resourceValues(reader, name, rows)));
  if (scope === 'instrumentation') {
    const used = rows.isAll ? undefined : await rows.used('scope');
    for (const { id, attributes } of reader.dictionary.scopes().values())
      if (!used || used.has(id)) for (const each of attributes) if (each.key === name) values.push(toStatic(each));
  }
  if (scope === 'resource' || scope === 'instrumentation') return { values, leftOut: 0 };
  // Long ones are told apart by their hashes.
  const found = await reader.database.rows<{ kind: 0; text: string | null; number: number | null; leftOut: number }>(
    `WITH found AS MATERIALIZED (
       SELECT DISTINCT kind, number, CASE WHEN strlen(text) <= ${MAX_VALUE} THEN text END AS text,
         CASE WHEN strlen(text) > ${MAX_VALUE} THEN hash(text) END AS long
       FROM attributes WHERE key = ${quoteText(name)} AND id IN (${rows.attributeIds(scope ?? 'span')})),
     offered AS MATERIALIZED (
       SELECT kind, text, number FROM found WHERE text IS NOT NULL
       QUALIFY sum(length(text)) OVER (ORDER BY length(text), text) <= ${MAX_TEXT})
     SELECT kind, text, number, 0::DOUBLE AS "leftOut" FROM offered
     UNION ALL
     SELECT 0, NULL, NULL, ((SELECT count(*) FROM found) - (SELECT count(*) FROM offered))::DOUBLE`,
    [],
    options,
  );
  let leftOut = 0;
  for (const { text, ...each } of found) {
    leftOut += each.leftOut;
    if (text !== null) values.push(toStatic({ ...each, text }));
  }
  return { values, leftOut };
}

async function resourceValues(reader: StoreReader, name: string, rows: TagRows): Promise<Static[]> {
  const resources = reader.dictionary.resources();
  if (name === 'service.name') {
    const used = rows.isAll ? resources.keys() : await rows.used('resource');
    return Array.from(used, (id) => string(serviceNameOf(resources.get(id))));
  }
  const used = rows.isAll ? undefined : await rows.used('resource');
  return [...resources.values()]
    .filter(({ id }) => !used || used.has(id))
    .flatMap(({ attributes }) => attributes.filter(({ key }) => key === name).map(toStatic));
}

async function intrinsicValues(
  reader: StoreReader,
  name: Intrinsic,
  rows: TagRows,
  options: QueryOptions,
): Promise<Static[]> {
  switch (name) {
    case 'status':
      return statusNames.map((value) => ({ type: 'status', value }));
    case 'kind':
      return kindNames.map((value) => ({ type: 'kind', value }));
    case 'name':
      return textsOf(reader, await rows.used('name'));
    case 'statusMessage':
      return textsOf(reader, await rows.used('status_message'));
    case 'rootName':
      return textsOf(reader, await rows.roots().used('name'));
    case 'rootServiceName': {
      const resources = reader.dictionary.resources();
      return Array.from(await rows.roots().used('resource'), (id) => string(serviceNameOf(resources.get(id))));
    }
    case 'event:name': {
      const found = await reader.database.rows<{ name: number }>(
        `SELECT DISTINCT p.name FROM ${rows.parts('event')}`,
        [],
        options,
      );
      return textsOf(reader, new Set(found.map((row) => row.name)));
    }
    case 'instrumentation:name':
    case 'instrumentation:version': {
      const used = rows.isAll ? undefined : await rows.used('scope');
      const scopes = [...reader.dictionary.scopes().values()].filter(({ id }) => !used || used.has(id));
      return scopes.map((scope) => string(name === 'instrumentation:name' ? scope.name : scope.version));
    }
    default:
      return [];
  }
}

async function textsOf(reader: StoreReader, ids: ReadonlySet<number>): Promise<Static[]> {
  return [...(await reader.dictionary.strings(ids)).values()].filter((text) => text !== '').map(string);
}
