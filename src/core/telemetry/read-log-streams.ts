import type { LogRecord } from '../../shared/contract/telemetry';
import { type LogLevel, readLogLevel } from '../../shared/log-level';

type Labels = Record<string, string>;
/** What `categorize-labels` makes of the third element. */
type Categories = { structuredMetadata?: Labels; parsed?: Labels };

/** Loki's `streams`; a value may carry its structured metadata as third element. */
export interface LokiStream {
  stream: Labels;
  values: [ns: string, line: string, metadata?: Labels | Categories][];
}

function readLevel(labels: Labels): LogLevel {
  for (const field of ['detected_level', 'level', 'severity_text', 'severity']) {
    const level = readLogLevel(labels[field] ?? '', field);
    if (level) return level;
  }
  return 'unknown';
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
