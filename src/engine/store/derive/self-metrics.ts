import type { EngineStats } from '../../../shared/engine-messages';
import type { MetricSink, MetricType } from '../metrics/series/metric-sink';
import { isSelfSeries, SELF_JOB } from '../reader/is-own-series';
import type { StoredSeries } from '../reader/reader';

/** How often the engine writes metrics about itself, as a Prometheus that scrapes itself. */
export const SELF_EVERY_MS = 15_000;

/** What the receivers tell of themselves. `instance`: host and port of OTLP over HTTP. */
export interface EngineReport extends Pick<EngineStats, 'accepted' | 'rejected' | 'backlogBytes' | 'residentBytes'> {
  readonly instance: string;
}

type Metric = [name: string, type: MetricType, unit: string, help: string, value: number];

/** Metrics of the engine about itself. They stand among the others, and are in no count of what was received or is stored. */
export class SelfMetrics {
  readonly series = new Set<number>();
  private waiting = 0;

  /** `series`: all that the store has. */
  constructor(series: Iterable<StoredSeries>) {
    for (const one of series) if (isSelfSeries(one)) this.series.add(one.id);
  }

  write(sink: MetricSink, nowMs: number, report: EngineReport, storeBytes: number): void {
    const labels = ['instance', report.instance, 'job', SELF_JOB];
    for (const [name, type, unit, help, value] of metricsOf(report, storeBytes)) {
      const series = sink.seriesId(name, labels);
      if (series === 0) continue;
      this.series.add(series);
      this.waiting++;
      sink.sample(series, nowMs, value);
      sink.metadata(name, type, unit, help);
    }
  }

  /** Samples written since the last time. */
  takeWritten(): number {
    const written = this.waiting;
    this.waiting = 0;
    return written;
  }

  /** After retention has deleted series. */
  forget(gone: Iterable<number>): void {
    for (const id of gone) this.series.delete(id);
  }
}

function metricsOf({ accepted, rejected, backlogBytes, residentBytes }: EngineReport, storeBytes: number): Metric[] {
  return [
    ['up', 'gauge', '', 'Whether the engine runs', 1],
    ['watchtower_received_spans_total', 'counter', '', 'Spans accepted since the start', accepted.spans],
    ['watchtower_received_log_records_total', 'counter', '', 'Log records accepted since the start', accepted.logs],
    [
      'watchtower_received_metric_points_total',
      'counter',
      '',
      'Metric points accepted since the start',
      accepted.points,
    ],
    [
      'watchtower_received_bytes_total',
      'counter',
      'bytes',
      'Bytes of requests accepted since the start',
      accepted.bytes,
    ],
    ['watchtower_rejected_requests_total', 'counter', '', 'Requests refused since the start', rejected.requests],
    [
      'watchtower_journal_backlog_bytes',
      'gauge',
      'bytes',
      'Durable in the journal, not in the database yet',
      backlogBytes,
    ],
    ['watchtower_store_bytes', 'gauge', 'bytes', 'Disk space of journal and database', storeBytes],
    ['process_resident_memory_bytes', 'gauge', 'bytes', 'Resident memory of the engine', residentBytes],
  ];
}
