import { ByteTable } from '../byte-table';
import type { MetricSink } from '../metric-sink';
import { WireReader } from '../wire-reader';
import { DecodeRun } from './decode-run';
import { readMetricHead } from './metric-head';
import { readResourceLabels } from './resource-labels';
import { ResourceMetrics } from './resource-metrics';

/** Beyond these what is known is forgotten, and learnt again from what still comes. */
const MAX_KNOWN_POINTS = 200_000;
const MAX_KNOWN_RESOURCES = 10_000;

/**
 * Decodes OTLP metrics into samples as Prometheus' OTLP endpoint stores them. It remembers the series of each point's raw
 * attributes, so one decoder serves the store for its life; the ids that `sink.seriesId` gives must stay valid until `reset`.
 */
export class MetricsDecoder {
  private readonly run = new DecodeRun();
  private resourceTable = new ByteTable(16);
  private resources: ResourceMetrics[] = [];

  /** Decodes an ExportMetricsServiceRequest that was checked when received; answers how many of its data points were rejected. */
  decode(request: Uint8Array, receivedMs: number, sink: MetricSink): { rejected: number } {
    const { run } = this;
    if (run.knownPoints > MAX_KNOWN_POINTS || this.resources.length > MAX_KNOWN_RESOURCES) this.forget();
    const reader = new WireReader(request);
    run.reader = reader;
    run.sink = sink;
    run.receivedMs = receivedMs;
    run.rejected = 0;
    while (reader.position < request.length) {
      const tag = reader.varint();
      if (tag === 0x0a) this.decodeResourceMetrics(reader.blockEnd());
      else reader.skip(tag & 7);
    }
    return { rejected: run.rejected };
  }

  /** To be called when series ids may have changed or a decoded request was not committed; running delta sums begin anew. */
  reset(): void {
    this.forget();
    this.run.deltas.clear();
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
    this.resources[index] ??= new ResourceMetrics(this.run, readResourceLabels(reader, start, end));
    return this.resources[index];
  }

  private decodeScopeMetrics(resource: ResourceMetrics, end: number): void {
    const { reader } = this.run;
    while (reader.position < end) {
      const tag = reader.varint();
      if (tag === 0x12) this.decodeMetric(resource, reader.blockEnd());
      else reader.skip(tag & 7);
    }
  }

  private decodeMetric(resource: ResourceMetrics, end: number): void {
    const { run } = this;
    const { reader } = run;
    const head = readMetricHead(reader, end);
    const points = resource.points(head);
    reader.position = head.dataStart;
    while (reader.position < head.dataEnd) {
      const tag = reader.varint();
      if (tag !== 0x0a) {
        reader.skip(tag & 7);
        continue;
      }
      const pointEnd = reader.blockEnd();
      if (points === undefined || !points.decode(pointEnd)) run.rejected++;
      reader.position = pointEnd;
    }
    reader.position = end;
  }
}
