import type { LogRecord } from '../../shared/contract/telemetry';

type Labels = Record<string, string>;
/** What `categorize-labels` makes of the third element. */
type Categories = { structuredMetadata?: Labels; parsed?: Labels };

/** Loki's `streams`; a value may carry its structured metadata as third element. */
export interface LokiStream {
  stream: Labels;
  values: [ns: string, line: string, metadata?: Labels | Categories][];
}

/** Words of loggers and of OpenTelemetry's severity (ERROR2, WARN3, …) in one small set. */
const levels: Record<string, string> = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  information: 'info',
  notice: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  err: 'error',
  critical: 'fatal',
  emergency: 'fatal',
  alert: 'fatal',
  panic: 'fatal',
  fatal: 'fatal',
};

function readLevel(labels: Labels): string {
  const said = labels.detected_level ?? labels.level ?? labels.severity_text ?? labels.severity ?? '';
  return levels[said.toLowerCase().replace(/[2-4]$/, '')] ?? 'unknown';
}

export function readLogStreams(streams: readonly LokiStream[]): LogRecord[] {
  return streams.flatMap(({ stream, values }) => values.map((value) => readRecord(stream, value)));
}

function readRecord(stream: Labels, [timeNs, line, metadata]: LokiStream['values'][number]): LogRecord {
  const labels = metadata ? { ...stream, ...flatten(metadata) } : stream;
  const { trace_id: traceId, span_id: spanId } = labels;
  return {
    timeNs,
    line,
    level: readLevel(labels),
    service: labels.service_name ?? '',
    ...(traceId && { traceId }),
    ...(spanId && { spanId }),
    labels,
  };
}

function flatten(metadata: Labels | Categories): Labels {
  return isCategorized(metadata) ? { ...metadata.structuredMetadata, ...metadata.parsed } : metadata;
}

function isCategorized(metadata: Labels | Categories): metadata is Categories {
  return typeof metadata.structuredMetadata === 'object' || typeof metadata.parsed === 'object';
}
