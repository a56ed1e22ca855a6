import { ByteTable, hashBytes } from '../../wire/byte-table';
import { WireReader } from '../../wire/wire-reader';
import type { DeltaTotal } from './deltas/delta-sums';
import { readMetricHead } from './metric-head';
import { readResourceLabels } from './names/resource-labels';
import { DecodeRun } from './points/decode-run';
import { ResourceMetrics } from './resource-metrics';
import type { ExponentialHistogramPoint, MetricSink } from './series/metric-sink';

/** Beyond these what is known is forgotten, and learnt again from what still comes. */
const MAX_KNOWN_POINTS = 200_000;
const MAX_KNOWN_RESOURCES = 10_000;

/** What a store knows of deltas when it is opened. */
export interface StoredDeltas {
  readonly totals: readonly DeltaTotal[];
  /** The totals of exponential histograms. */
  readonly histograms: readonly ExponentialHistogramPoint[];
  readonly points: readonly { readonly series: number; readonly timeMs: number }[];
}

/**
 * Decodes OTLP metrics into samples as Prometheus' OTLP endpoint stores them. It remembers the series of each point's raw
 * attributes, so one decoder serves the store for its life; the ids that `sink.seriesId` gives must stay valid until `forgetSeries`.
 */
export class MetricsDecoder {
  private readonly run = new DecodeRun();
  private resourceTable = new ByteTable(16);
  private resources: ResourceMetrics[] = [];
  /** Of what is kept, at arrival. */
  maxAgeMs = Number.POSITIVE_INFINITY;

  /** Decodes an ExportMetricsServiceRequest that was checked when received; answers how many of its data points are stored now. */
  decode(request: Uint8Array, receivedMs: number, sink: MetricSink): { kept: number } {
    const { run } = this;
    if (run.knownPoints > MAX_KNOWN_POINTS || this.resources.length > MAX_KNOWN_RESOURCES) this.forget();
    const reader = new WireReader(request);
    run.reader = reader;
    run.sink = sink;
    run.receivedMs = receivedMs;
    run.keptFromMs = receivedMs - this.maxAgeMs;
    if (run.sinceMs === 0) run.sinceMs = receivedMs;
    run.kept = 0;
    run.deltas.begin();
    while (reader.position < request.length) {
      const tag = reader.varint();
      if (tag === 0x0a) this.decodeResourceMetrics(reader.blockEnd());
      else reader.skip(tag & 7);
    }
    return { kept: run.kept };
  }

  /** Takes over what the database knows of deltas: totals, and which points came lately. */
  restore({ totals, histograms, points }: StoredDeltas): void {
    this.run.deltas.restore(totals, histograms);
    for (const { series, timeMs } of totals) this.run.states.of(series).timeMs = timeMs;
    for (const { series, timeMs } of points) this.run.clock.restore(series, timeMs);
  }

  /** Running totals of deltas that changed since the last time, to be written down. */
  takeChangedTotals(): DeltaTotal[] {
    return this.run.deltas.takeChanged();
  }

  /** Takes back the request decoded last, which left no rows. */
  undo(): void {
    this.run.deltas.undo();
    this.forget();
  }

  /** After series were deleted, or the cap on series may let new ones in. */
  forgetSeries(gone: readonly number[]): void {
    this.forget();
    this.run.deltas.forget(gone);
    this.run.states.forget(gone);
  }

  private forget(): void {
    this.resourceTable = new ByteTable(16);
    this.resources = [];
    this.run.knownPoints = 0;
  }

  private decodeResourceMetrics(end: number): void {
    const { run } = this;
    const { reader } = run;
    const start = reader.position;
    let resourceStart = start;
    let resourceEnd = start;
    const scopes: number[] = [];
    while (reader.position < end) {
      const tag = reader.varint();
      if (tag !== 0x0a && tag !== 0x12) {
        reader.skip(tag & 7);
        continue;
      }
      const blockEnd = reader.blockEnd();
      if (tag === 0x0a) [resourceStart, resourceEnd] = [reader.position, blockEnd];
      else scopes.push(reader.position, blockEnd);
      reader.position = blockEnd;
    }

    const resource = this.resource(resourceStart, resourceEnd);
    run.earliestMs = Number.POSITIVE_INFINITY;
    run.latestMs = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < scopes.length; i += 2) {
      reader.position = scopes[i]!;
      this.decodeScopeMetrics(resource, scopes[i + 1]!);
    }
    resource.writeTargetInfo();
    reader.position = end;
  }

  private resource(start: number, end: number): ResourceMetrics {
    const { reader } = this.run;
    const index = this.resourceTable.index(reader.bytes, reader.view, start, end);
    this.resources[index] ??= new ResourceMetrics(
      this.run,
      readResourceLabels(reader, start, end),
      hashBytes(reader.bytes, reader.view, start, end),
    );
    return this.resources[index];
  }

  private decodeScopeMetrics(resource: ResourceMetrics, end: number): void {
    const { reader } = this.run;
    this.run.scope = resource.hash;
    while (reader.position < end) {
      const tag = reader.varint();
      if (tag === 0x0a) {
        const scopeEnd = reader.blockEnd();
        this.run.scope ^= hashBytes(reader.bytes, reader.view, reader.position, scopeEnd);
        reader.position = scopeEnd;
      } else if (tag === 0x12) this.decodeMetric(resource, reader.blockEnd());
      else reader.skip(tag & 7);
    }
  }

  private decodeMetric(resource: ResourceMetrics, end: number): void {
    const { run } = this;
    const { reader } = run;
    const head = readMetricHead(reader, end);
    const points = resource.points(head);
    for (let i = 0; points !== undefined && i < head.data.length; i += 2) {
      reader.position = head.data[i]!;
      for (const dataEnd = head.data[i + 1]!; reader.position < dataEnd; ) {
        const tag = reader.varint();
        if (tag !== 0x0a) {
          reader.skip(tag & 7);
          continue;
        }
        const pointEnd = reader.blockEnd();
        if (points.decode(pointEnd)) run.kept++;
        reader.position = pointEnd;
      }
    }
    reader.position = end;
  }
}
