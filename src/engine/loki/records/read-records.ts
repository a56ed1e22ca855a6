import type { Pace } from '../../pace/pace';
import { plainDoubles } from '../../store/reader/plain-doubles';
import type { Columns, DictionaryReader, StoredAttribute, StoredScope } from '../../store/reader/reader';
import { LogLabels } from '../pipeline/log-labels';
import { attributeLabels, isStructure } from './attribute-labels';
import { detectLevel } from './detect-level';
import { type LogStream, logStreamOf } from './log-stream';
import { putLabel } from './put-label';

/** The SELECT list that `readRecords` decodes. */
export const recordColumns =
  'seq, time_ns, observed_ns, severity, severity_text, event_name, body, trace_hi, trace_lo, span_id, flags, resource, scope, attributes, dropped_attributes, time_source, body_kind';

export interface LogRecord {
  readonly seq: bigint;
  readonly timeNs: bigint;
  readonly line: string;
  readonly stream: LogStream;
  /** Structured metadata as Loki's OTLP endpoint names it, `detected_level` among it. */
  readonly metadata: Map<string, string>;
}

/** Labels of a record at the start of a pipeline, which owns and may change them. */
export function labelsOf(record: LogRecord): LogLabels {
  return new LogLabels(record.stream.labels, record.metadata);
}

const noStream: LogStream = {
  labels: new Map([['service_name', 'unknown_service']]),
  metadata: new Map(),
  key: '[["service_name","unknown_service"]]',
};

/** Rows of `recordColumns` as records. A row of a resource that has gone meanwhile stands in the stream of no resource. */
export async function readRecords(rows: Columns, dictionary: DictionaryReader, pace: Pace): Promise<LogRecord[]> {
  const [
    seq,
    time,
    observed,
    severity,
    severityText,
    eventName,
    body,
    traceHi,
    traceLo,
    span,
    flags,
    resource,
    scope,
    attributes,
    dropped,
    timeSource,
    bodyKind,
  ] = rows.columns as readonly (readonly never[])[];
  const attributeIds = new Set<number>();
  const stringIds = new Set<number>();
  for (let i = 0; i < rows.rowCount; i++) {
    for (const id of attributes![i]! as readonly number[]) attributeIds.add(id);
    stringIds.add(severityText![i]!).add(eventName![i]!);
  }
  stringIds.delete(0);
  const [values, strings] = await Promise.all([dictionary.attributes(attributeIds), dictionary.strings(stringIds)]);
  const resources = dictionary.resources();
  const scopes = dictionary.scopes();
  const records: LogRecord[] = [];
  for (let i = 0; i < rows.rowCount; i++) {
    if (pace.isDue()) await pace.turn();
    const owner = resources.get(resource![i]!);
    const stream = owner ? logStreamOf(owner) : noStream;
    const metadata = new Map<string, string>();
    for (const id of attributes![i]! as readonly number[]) addAttribute(metadata, values.get(id));
    const timeNs: bigint = time![i]!;
    const observedNs: bigint = observed![i]!;
    if (observedNs !== 0n && timeSource![i]! === 0) putLabel(metadata, 'observed_timestamp', String(observedNs));
    addNumber(metadata, 'severity_number', severity![i]!);
    putLabel(metadata, 'severity_text', strings.get(severityText![i]!) ?? '');
    addNumber(metadata, 'dropped_attributes_count', dropped![i]!);
    addNumber(metadata, 'flags', flags![i]!);
    const hi: bigint = traceHi![i]!;
    const lo: bigint = traceLo![i]!;
    if (hi !== 0n || lo !== 0n) putLabel(metadata, 'trace_id', hex(hi) + hex(lo));
    if (span![i]! !== 0n) putLabel(metadata, 'span_id', hex(span![i]!));
    putLabel(metadata, 'event_name', strings.get(eventName![i]!) ?? '');
    for (const [name, value] of stream.metadata) putLabel(metadata, name, value);
    addScope(metadata, scopes.get(scope![i]!));
    const text: string = body![i] ?? '';
    const line = isStructure(bodyKind![i]!) ? plainDoubles(text) : text;
    metadata.set('detected_level', detectLevel(stream.labels, metadata, severity![i]!, line));
    records.push({ seq: seq![i]!, timeNs, line, stream, metadata: avoidCollisions(metadata, stream.labels) });
  }
  return records;
}

function addAttribute(metadata: Map<string, string>, attribute: StoredAttribute | undefined): void {
  if (!attribute) return;
  for (const [name, value] of attributeLabels(attribute)) putLabel(metadata, name, value);
}

function addScope(metadata: Map<string, string>, scope: StoredScope | undefined): void {
  if (!scope) return;
  for (const [name, value] of scopeLabels(scope)) putLabel(metadata, name, value);
}

/** Metadata that a scope gives to its lines. */
export function scopeLabels(scope: StoredScope): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const attribute of scope.attributes)
    for (const [name, value] of attributeLabels(attribute)) putLabel(labels, name, value);
  putLabel(labels, 'scope_name', scope.name);
  putLabel(labels, 'scope_version', scope.version);
  return labels;
}

function addNumber(metadata: Map<string, string>, name: string, value: number): void {
  if (value !== 0) putLabel(metadata, name, String(value));
}

function hex(value: bigint): string {
  return value.toString(16).padStart(16, '0');
}

function avoidCollisions(metadata: Map<string, string>, stream: ReadonlyMap<string, string>): Map<string, string> {
  for (const name of stream.keys()) {
    const value = metadata.get(name);
    if (value === undefined) continue;
    metadata.delete(name);
    putLabel(metadata, `${name}_extracted`, value);
  }
  return metadata;
}
