import { encodeAttribute, encodeValue } from '../otlp-json/encode-value';
import { omitZeroValues } from '../otlp-json/omit-zero-values';
import type { AttributeKind, StoreReader } from '../store/reader/reader';
import { formatSpanId, formatTraceId } from '../tempo/store/trace-id';
import type { ExportRange } from './export-range';
import { groupByOrigin, type ItemOfOrigin, loadEnvelopes } from './group-by-origin';
import { seqWindows } from './seq-windows';
import { writeLines } from './write-lines';

/** The `time_source` of a record that has an observed time alone. */
const observedTime = 1;

/** A row of `logs`. */
interface LogRow {
  readonly time_ns: bigint;
  readonly observed_ns: bigint;
  readonly severity: number;
  readonly severity_text: number;
  readonly event_name: number;
  readonly body: string | null;
  readonly body_kind: AttributeKind;
  readonly trace_hi: bigint;
  readonly trace_lo: bigint;
  readonly span_id: bigint;
  readonly flags: number;
  readonly resource: number;
  readonly scope: number;
  readonly attributes: readonly number[];
  readonly dropped_attributes: number;
  readonly time_source: number;
}

/** Log records of the range, as lines of ExportLogsServiceRequest in order of arrival. */
export async function* exportLogs(
  reader: StoreReader,
  range: ExportRange,
  signal: AbortSignal,
): AsyncGenerator<string> {
  for await (const condition of seqWindows(reader, { table: 'logs', time: 'time_ns' }, range, signal)) {
    const rows = await reader.database.rows<LogRow>(`SELECT * FROM logs WHERE ${condition} ORDER BY seq`, [], {
      signal,
    });
    const items = await encodeRecords(reader, rows);
    const envelopes = await loadEnvelopes(reader, items);
    yield* writeLines(items, (some) => ({
      resourceLogs: groupByOrigin(some, envelopes, { scopes: 'scopeLogs', items: 'logRecords' }),
    }));
  }
}

async function encodeRecords(reader: StoreReader, rows: readonly LogRow[]): Promise<ItemOfOrigin[]> {
  const strings = await reader.dictionary.strings(
    new Set(rows.flatMap(({ severity_text, event_name }) => [severity_text, event_name])),
  );
  const attributes = await reader.dictionary.attributes(new Set(rows.flatMap((row) => row.attributes)));
  const resources = reader.dictionary.resources();
  const scopes = reader.dictionary.scopes();
  return rows.map((row) => ({
    resource: resources.get(row.resource),
    scope: scopes.get(row.scope),
    item: omitZeroValues({
      timeUnixNano: row.time_source === observedTime ? '' : row.time_ns.toString(),
      observedTimeUnixNano: row.observed_ns === 0n ? '' : row.observed_ns.toString(),
      severityNumber: row.severity,
      severityText: strings.get(row.severity_text),
      body: row.body_kind === 0 ? undefined : encodeValue({ kind: row.body_kind, text: row.body ?? '' }),
      attributes: row.attributes.flatMap((id) => attributes.get(id) ?? []).map(encodeAttribute),
      droppedAttributesCount: row.dropped_attributes,
      flags: row.flags,
      traceId: (row.trace_hi | row.trace_lo) === 0n ? '' : formatTraceId({ hi: row.trace_hi, lo: row.trace_lo }),
      spanId: row.span_id === 0n ? '' : formatSpanId(row.span_id),
      eventName: strings.get(row.event_name),
    }),
  }));
}
