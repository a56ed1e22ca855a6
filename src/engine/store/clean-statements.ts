import type { Dictionary } from './dictionary/dictionary';
import type { SeriesTable } from './metrics/series/series-table';
import type { SequenceCounter } from './tables/sequence-counter';

const TELEMETRY_TABLES = [
  ...[
    'spans',
    'span_events',
    'span_links',
    'span_sent_times',
    'logs',
    'samples',
    'exemplars',
    'exponential_histograms',
    'series',
  ],
  ...['metric_metadata', 'delta_totals', 'strings', 'attributes', 'resources', 'scopes', 'epochs'],
];

interface CleanedParts {
  readonly dictionary: Dictionary;
  readonly series: SeriesTable;
  readonly spanSeq: SequenceCounter;
  readonly logSeq: SequenceCounter;
}

/** What deletes all telemetry; numbers go on where they were. */
export function cleanStatements({ dictionary, series, spanSeq, logSeq }: CleanedParts, nowMs: number): string[] {
  const ids = dictionary.nextIds();
  const next = [spanSeq.value(), logSeq.value(), ids.string, ids.attribute, ids.resource, ids.scope];
  return [
    ...TELEMETRY_TABLES.map((table) => `DELETE FROM ${table}`),
    `INSERT INTO epochs VALUES (${[nowMs, ...next, series.nextId, 1].join(', ')})`,
  ];
}
