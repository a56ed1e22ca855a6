import type { SqlValue } from '../../store/reader/reader';
import { lineSql } from '../records/line-sql';
import type { LogStream } from '../records/log-stream';
import { scopeLabels } from '../records/read-records';
import { leaveOutRepeats } from './leave-out-repeats';
import type { LokiContext } from './loki-context';
import { inIds, ubigint } from './sql-parameters';
import type { TimeRange } from './time-ranges';

/** A chunk of Loki keeps a name and a value of metadata as two numbers of four bytes. */
const labelBytes = 8;
/** Of more lines the texts of the metadata are measured in a share, which stands for all. */
const maxSearched = 200_000;
/** Lines of a share that arrived together: those of one trace do. */
const searchedTogether = 1000;

/** What a record has besides its attributes: the metadata's name, whether a row has it, and how long its values are. */
const fields: readonly { name: string; present: string; distinct?: string; length?: number }[] = [
  {
    name: 'observed_timestamp',
    present: '(observed_ns <> 0 AND time_source = 0)',
    distinct: 'observed_ns',
    length: 19,
  },
  { name: 'trace_id', present: '(trace_hi <> 0 OR trace_lo <> 0)', distinct: 'trace_lo', length: 32 },
  { name: 'span_id', present: '(span_id <> 0)', distinct: 'span_id', length: 16 },
  { name: 'severity_number', present: '(severity <> 0)' },
  { name: 'severity_text', present: '(severity_text <> 0)' },
  { name: 'event_name', present: '(event_name <> 0)' },
  { name: 'flags', present: '(flags <> 0)' },
  { name: 'dropped_attributes_count', present: '(dropped_attributes <> 0)' },
  { name: 'detected_level', present: 'TRUE' },
];

export interface LineMeasure {
  readonly resource: number;
  readonly step: number;
  readonly entries: number;
  /** Of the lines and of their metadata, as a chunk of Loki keeps it: each text of it once, spread evenly over the lines. */
  readonly bytes: number;
}

interface Rows {
  readonly where: string;
  readonly parameters: readonly SqlValue[];
}

interface Count {
  readonly resource: number;
  readonly scope: number;
  readonly step: number;
  readonly entries: number;
  readonly bytes: number;
  readonly labels: number;
}

/** How many lines and bytes there are by resource and step; `step` is an expression over `time_ns`. */
export async function measureLines(
  streams: ReadonlyMap<number, LogStream>,
  range: TimeRange,
  step: string,
  loki: LokiContext,
  signal: AbortSignal,
): Promise<LineMeasure[]> {
  const { database, dictionary } = loki.reader;
  const where = `time_ns >= ${ubigint(range.from)} AND time_ns < ${ubigint(range.to)} AND ${inIds('resource', [...streams.keys()])}`;
  const rows: Rows = await leaveOutRepeats({ where, parameters: [] }, loki.reader, range, signal);
  const counts = await database.rows<Count>(
    `SELECT resource, scope, (${step})::INTEGER AS step, count(*)::DOUBLE AS entries, sum(strlen(${lineSql}))::DOUBLE AS bytes,
       sum(len(attributes) + ${fields.map(({ present }) => `${present}::INTEGER`).join(' + ')})::DOUBLE AS labels
     FROM logs WHERE ${rows.where} GROUP BY ALL`,
    rows.parameters,
    { signal },
  );
  const entries = new Map<number, number>();
  for (const count of counts) entries.set(count.resource, (entries.get(count.resource) ?? 0) + count.entries);
  const texts = await measureTexts(rows, sum(entries.values()), loki, signal);
  const scopes = dictionary.scopes();
  const ofScope = new Map<string, ReadonlyMap<string, string>>();
  for (const { resource, scope } of counts) {
    const known = scopes.get(scope);
    if (known) ofScope.set(`${resource} ${scope}`, scopeLabels(known));
  }
  for (const [key, labels] of ofScope) addTexts(texts, Number(key.split(' ')[0]), labels);
  for (const resource of entries.keys()) addTexts(texts, resource, streams.get(resource)!.metadata);
  return counts.map((count) => {
    const { resource, scope } = count;
    const each = streams.get(resource)!.metadata.size + (ofScope.get(`${resource} ${scope}`)?.size ?? 0);
    const share = (texts.get(resource)! * count.entries) / entries.get(resource)!;
    const bytes = Math.round(count.bytes + labelBytes * (count.labels + each * count.entries) + share);
    return { resource, step: count.step, entries: count.entries, bytes };
  });
}

/** Bytes of the names and values of the rows' metadata, each counted once, by resource. */
async function measureTexts(
  rows: Rows,
  entries: number,
  loki: LokiContext,
  signal: AbortSignal,
): Promise<Map<number, number>> {
  const { database } = loki.reader;
  const shares = Math.ceil(entries / maxSearched) || 1;
  const where = shares === 1 ? rows.where : `${rows.where} AND seq // ${searchedTogether} % ${shares} = 0`;
  const names = fields.map(({ name, present }) => `bool_or(${present})::INTEGER * ${name.length}`);
  const values = fields.flatMap(({ present, distinct, length }) =>
    distinct === undefined ? [] : [`count(DISTINCT ${distinct}) FILTER (${present}) * ${length}`],
  );
  const ofFields = await database.rows<{ resource: number; names: number; values: number }>(
    `SELECT resource, (${names.join(' + ')})::DOUBLE AS names, (${values.join(' + ')})::DOUBLE AS values
     FROM logs WHERE ${where} GROUP BY resource`,
    rows.parameters,
    { signal },
  );
  const ofAttributes = await database.rows<{ resource: number; name: number; values: number }>(
    `SELECT resource, strlen(key)::DOUBLE AS name, sum(strlen(text))::DOUBLE AS values
     FROM (SELECT DISTINCT resource, unnest(attributes) AS id FROM logs WHERE ${where}) JOIN attributes USING (id)
     GROUP BY resource, key`,
    rows.parameters,
    { signal },
  );
  const texts = new Map<number, number>();
  for (const { resource, names, values } of ofFields) texts.set(resource, names + values * shares);
  for (const { resource, name, values } of ofAttributes)
    texts.set(resource, texts.get(resource)! + name + values * shares);
  return texts;
}

function addTexts(texts: Map<number, number>, resource: number, labels: ReadonlyMap<string, string>): void {
  let bytes = texts.get(resource) ?? 0;
  for (const [name, value] of labels) bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
  texts.set(resource, bytes);
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
