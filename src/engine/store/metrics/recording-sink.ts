import type { Exemplar, ExponentialHistogramPoint, LeftOutReason, MetricSink } from './series/metric-sink';
import type { SiblingLabel } from './series/sibling-series';

/** Writes down what a decoder of metrics does, for tests. */
export class RecordingSink implements MetricSink {
  readonly ids: string[] = [];
  readonly samples: [series: string, timeMs: number, value: number | 'stale'][] = [];
  readonly exemplars: (Exemplar & { of: string })[] = [];
  readonly exponential: ExponentialHistogramPoint[] = [];
  readonly families: string[] = [];
  readonly leftOut: LeftOutReason[] = [];
  cap = Number.POSITIVE_INFINITY;

  seriesId(name: string, labels: readonly string[]): number {
    const pairs = labels.map((text, i) => (i % 2 === 0 ? `${text}=` : `${text},`)).join('');
    const key = `${name}{${pairs.replace(/,$/, '')}}`;
    if (!this.ids.includes(key)) {
      if (this.ids.length >= this.cap) return 0;
      this.ids.push(key);
    }
    return this.ids.indexOf(key) + 1;
  }
  existing(name: string, labels: ReadonlyMap<string, string>, sibling?: SiblingLabel): number[] {
    const isOne = (key: string) => {
      const [of, list] = [key.slice(0, key.indexOf('{')), key.slice(key.indexOf('{') + 1, -1)];
      const pairs = new Map(list.split(',').map((pair) => pair.split('=') as [string, string]));
      if (sibling && !pairs.delete(sibling)) return false;
      const own = [...labels].filter(([, value]) => value !== '');
      return of === name && pairs.size === own.length && own.every(([label, value]) => pairs.get(label) === value);
    };
    return this.ids.flatMap((key, at) => (isOne(key) ? [at + 1] : []));
  }
  sample(series: number, timeMs: number, value: number): void {
    this.samples.push([this.ids[series - 1]!, timeMs, value]);
  }
  stale(series: number, timeMs: number): void {
    this.samples.push([this.ids[series - 1]!, timeMs, 'stale']);
  }
  exemplar(exemplar: Exemplar): void {
    this.exemplars.push({ ...exemplar, of: this.ids[exemplar.series - 1]! });
  }
  exponentialHistogram(point: ExponentialHistogramPoint): void {
    this.exponential.push(point);
  }
  leaveOut(reason: LeftOutReason): void {
    this.leftOut.push(reason);
  }
  metadata(name: string, type: string, unit: string, help: string): void {
    this.families.push(`${name} ${type} ${unit} ${help}`.trim());
  }
  attributeId(_bytes: Uint8Array, start: number, end: number): number {
    return end - start;
  }
}
