import { WireReader } from '../../../wire/wire-reader';
import type { Dictionary } from '../../dictionary/dictionary';
import { isDerivedSeries } from '../../reader/is-own-series';
import type { StoredSeries } from '../../reader/reader';
import type { WaitingRows } from '../../tables/waiting-rows';
import { flattenLabels } from '../names/resource-labels';
import type { LeftOutPoints } from './left-out-points';
import type { Exemplar, ExponentialHistogramPoint, LeftOutReason, MetricSink, MetricType } from './metric-sink';
import { type SiblingLabel, SiblingSeries } from './sibling-series';

/** Bits of Prometheus' stale marker, the low word first. */
const STALE_LOW = 2;
const STALE_HIGH = 0x7ff00000;
/** Of the cap, what the metrics that the engine derives from spans may take at most. */
const DERIVED_SHARE = 0.5;
/** Of either bound: from here on new series are told of. */
const NEARLY = 0.9;
/** Different descriptions of one metric that are kept. */
const MAX_DESCRIPTIONS = 10;

/** All metric series in memory, and the columns that decoded metrics wait in. */
export class SeriesTable implements MetricSink {
  readonly series = new Map<number, StoredSeries>();
  /** Points left out because the cap on series was reached, since series were last deleted. */
  refused = 0;
  private derived = 0;
  private readonly ids = new Map<string, number>();
  private readonly siblings = new SiblingSeries(this.series);
  /** Descriptions by name of the metric. */
  private readonly known = new Map<string, Set<string>>();
  private attributeReader = new WireReader(new Uint8Array(0));

  constructor(
    private readonly rows: WaitingRows,
    private readonly dictionary: Dictionary,
    public nextId: number,
    private readonly maxSeries: number,
    private readonly leftOut: LeftOutPoints,
  ) {}

  /** Takes over a series that the database has. */
  restore(id: number, name: string, labels: readonly string[]): void {
    this.ids.set(keyOf(name, labels), id);
    const series = { id, name, labels: pairs(labels) };
    this.series.set(id, series);
    this.siblings.add(series);
    if (isDerivedSeries(series)) this.derived++;
  }

  /** Takes over the metadata that the database has, in place of what was known. */
  restoreMetadata(rows: readonly { name: string; type: string; unit: string; help: string }[]): void {
    this.known.clear();
    for (const { name, type, unit, help } of rows) this.descriptions(name).add([type, unit, help].join('\0'));
  }

  /** Forgets series that retention has deleted. */
  forget(gone: Iterable<number>): void {
    for (const id of gone) {
      const series = this.series.get(id);
      if (!series) continue;
      this.ids.delete(keyOf(series.name, [...series.labels].flat()));
      this.series.delete(id);
      this.siblings.remove(series);
      if (isDerivedSeries(series)) this.derived--;
      this.refused = 0;
    }
  }

  seriesId(name: string, labels: readonly string[], beyondCap = false): number {
    const key = keyOf(name, labels);
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    if (!beyondCap && !this.hasRoomFor(name, labels)) return 0;
    const id = this.nextId++;
    this.restore(id, name, labels);
    const { columns } = this.rows.series;
    const row = this.rows.series.next();
    columns.id.data[row] = id;
    columns.name.data[row] = name;
    columns.labels.child.data.push(...labels);
    columns.labels.count += labels.length;
    columns.labels.ends[row] = columns.labels.count;
    this.rows.series.length++;
    this.warnNearCap(id);
    return id;
  }

  existing(name: string, labels: ReadonlyMap<string, string>, sibling?: SiblingLabel): Iterable<number> {
    if (sibling) return this.siblings.of(name, labels, sibling);
    const id = this.ids.get(keyOf(name, flattenLabels(labels)));
    return id === undefined ? [] : [id];
  }

  leaveOut(reason: LeftOutReason, metric: string, service: string): void {
    if (reason === 'series-cap') this.refused++;
    this.leftOut.add(reason, metric, service);
  }

  sample(series: number, timeMs: number, value: number): void {
    const { columns } = this.rows.samples;
    const row = this.rows.samples.next();
    columns.series.data[row] = series;
    columns.time.setNumber(row, timeMs);
    columns.value.data[row] = value;
    this.rows.samples.length++;
  }

  stale(series: number, timeMs: number): void {
    const { columns } = this.rows.samples;
    const row = this.rows.samples.next();
    columns.series.data[row] = series;
    columns.time.setNumber(row, timeMs);
    // Through words: a NaN that passes through a number may lose its bits.
    const words = new Uint32Array(columns.value.data.buffer);
    words[row * 2] = STALE_LOW;
    words[row * 2 + 1] = STALE_HIGH;
    this.rows.samples.length++;
  }

  exemplar(exemplar: Exemplar): void {
    const { columns } = this.rows.exemplars;
    const row = this.rows.exemplars.next();
    columns.series.data[row] = exemplar.series;
    columns.time.setNumber(row, exemplar.timeMs);
    columns.value.data[row] = exemplar.value;
    columns.traceHi.setBigint(row, exemplar.traceHi);
    columns.traceLo.setBigint(row, exemplar.traceLo);
    columns.spanId.setBigint(row, exemplar.spanId);
    for (const id of exemplar.attributes) columns.attributes.push(id);
    columns.attributes.ends[row] = columns.attributes.count;
    this.rows.exemplars.length++;
  }

  exponentialHistogram(point: ExponentialHistogramPoint): void {
    const { columns } = this.rows.exponentialHistograms;
    const row = this.rows.exponentialHistograms.next();
    columns.series.data[row] = point.series;
    columns.time.setNumber(row, point.timeMs);
    columns.count.setBigint(row, point.count);
    columns.sum.data[row] = point.sum;
    columns.scale.data[row] = point.scale;
    columns.zeroCount.setBigint(row, point.zeroCount);
    columns.zeroThreshold.data[row] = point.zeroThreshold;
    columns.positiveOffset.data[row] = point.positiveOffset;
    pushCounts(columns.positiveCounts, row, point.positiveCounts);
    columns.negativeOffset.data[row] = point.negativeOffset;
    pushCounts(columns.negativeCounts, row, point.negativeCounts);
    this.rows.exponentialHistograms.length++;
  }

  metadata(name: string, type: MetricType, unit: string, help: string): void {
    const value = [type, unit, help].join('\0');
    const descriptions = this.descriptions(name);
    if (descriptions.has(value) || descriptions.size >= MAX_DESCRIPTIONS) return;
    descriptions.add(value);
    const { columns } = this.rows.metadata;
    const row = this.rows.metadata.next();
    columns.name.data[row] = name;
    columns.type.data[row] = type;
    columns.unit.data[row] = unit;
    columns.help.data[row] = help;
    this.rows.metadata.length++;
  }

  attributeId(bytes: Uint8Array, start: number, end: number): number {
    if (this.attributeReader.bytes !== bytes) this.attributeReader = new WireReader(bytes);
    return this.dictionary.attributeId(this.attributeReader, start, end);
  }

  private descriptions(name: string): Set<string> {
    let descriptions = this.known.get(name);
    if (descriptions === undefined) {
      descriptions = new Set();
      this.known.set(name, descriptions);
    }
    return descriptions;
  }

  private warnNearCap(id: number): void {
    const { maxSeries } = this;
    if (this.series.size >= maxSeries * NEARLY) this.leftOut.add('near-cap', '', '');
    else if (this.derived >= maxSeries * DERIVED_SHARE * NEARLY && isDerivedSeries(this.series.get(id)!)) {
      this.leftOut.add('near-span-cap', '', '');
    }
  }

  private hasRoomFor(name: string, labels: readonly string[]): boolean {
    if (this.series.size >= this.maxSeries) return false;
    return this.derived < this.maxSeries * DERIVED_SHARE || !isDerivedSeries({ name, labels: pairs(labels) });
  }
}

/** No two series have one: values may hold any character. */
function keyOf(name: string, labels: readonly string[]): string {
  return `${name.length}${name}${labels.map((text) => `${text.length}:${text}`).join('')}`;
}

function pairs(labels: readonly string[]): Map<string, string> {
  const map = new Map<string, string>();
  for (let i = 0; i + 1 < labels.length; i += 2) map.set(labels[i]!, labels[i + 1]!);
  return map;
}

function pushCounts(
  column: WaitingRows['exponentialHistograms']['columns']['positiveCounts'],
  row: number,
  counts: readonly bigint[],
): void {
  const elements = column.count + counts.length;
  if (elements * 2 > column.child.data.length) column.child.reserve(elements * 4);
  for (const count of counts) column.child.setBigint(column.count++, count);
  column.ends[row] = column.count;
}
