import type { Exemplar, MetricSink } from '../metrics/series/metric-sink';
import type { StoreReader } from '../reader/reader';
import { type ArrivalWindows, CALLS, countedSpans } from './counted-spans';
import type { Instruments } from './instruments';
import { durationOf, LatencyBounds } from './latency-columns';

/** Adds what was collected to the instruments and to the rows that wait. */
export type DerivedUpdate = (instruments: Instruments, sink: MetricSink, nowMs: number) => void;

const TOTAL = 'traces_spanmetrics_calls_total';
const LATENCY = 'traces_spanmetrics_latency';
const BOUNDS = new LatencyBounds(0.002, 14);

const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const STATUSES = ['UNSET', 'OK', 'ERROR'];

/** Calls and latencies by service, span name, kind and status, as Tempo's span metrics; the slowest span is the exemplar. Spans of unknown duration are calls alone. */
export async function collectSpanMetrics(
  reader: StoreReader,
  windows: ArrivalWindows,
  repeated: readonly bigint[],
): Promise<DerivedUpdate> {
  const answer = await reader.database.columns(
    `SELECT resource, name, kind, status, ${CALLS}, COALESCE(max(known_ns), 0)::DOUBLE,
       COALESCE(arg_max(trace_hi, known_ns), 0), COALESCE(arg_max(trace_lo, known_ns), 0),
       COALESCE(arg_max(span_id, known_ns), 0), ${BOUNDS.columns('known_ns')}
     FROM (SELECT *, ${durationOf()} AS known_ns FROM ${countedSpans(windows, repeated)})
     GROUP BY resource, name, kind, status`,
  );
  const [resource, name, kind, status, calls, slowest] = answer.columns as [
    Uint32Array,
    Uint32Array,
    Uint8Array,
    Uint8Array,
    Float64Array,
    Float64Array,
  ];
  const [traceHi, traceLo, spanId] = answer.columns.slice(6) as [BigUint64Array, BigUint64Array, BigUint64Array];
  const names = await reader.dictionary.strings(new Set(name));
  const resources = reader.dictionary.resources();

  return (instruments, sink, nowMs) => {
    for (let row = 0; row < answer.rowCount; row++) {
      const labels = [
        ...['service', resources.get(resource[row]!)?.service ?? 'unknown_service'],
        ...['span_kind', `SPAN_KIND_${KINDS[kind[row]!] ?? kind[row]}`],
        ...['span_name', names.get(name[row]!) ?? ''],
        ...['status_code', `STATUS_CODE_${STATUSES[status[row]!] ?? status[row]}`],
      ];
      const latencies = BOUNDS.read(answer, row, 9);
      const present = withoutEmpty(labels);
      instruments.count(sink, nowMs, TOTAL, present, calls[row]!);
      if (latencies.buckets.at(-1) === 0) continue;
      const buckets = instruments.observe(sink, nowMs, LATENCY, BOUNDS.texts, present, latencies);
      const exemplar: Exemplar = {
        series: buckets[BOUNDS.bucketOf(slowest[row]!)]!,
        timeMs: nowMs,
        value: slowest[row]! / 1e9,
        traceHi: traceHi[row]!,
        traceLo: traceLo[row]!,
        spanId: spanId[row]!,
        attributes: [],
      };
      if (exemplar.series !== 0) sink.exemplar(exemplar);
    }
    sink.metadata(TOTAL, 'counter', '', 'Total count of the spans');
    sink.metadata(LATENCY, 'histogram', 'seconds', 'Duration of the spans');
  };
}

/** To Prometheus an empty label is no label. */
export function withoutEmpty(labels: readonly string[]): string[] {
  return labels.filter((_, i) => labels[i - (i % 2) + 1] !== '');
}
