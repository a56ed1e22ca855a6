import type { Pace } from '../../pace/pace';
import { AnswerTooLarge } from '../answers/answer-too-large';
import type { MetricsStage } from '../traceql/ast';
import { formatField } from '../traceql/format-expression';
import { float, formatStatic, type Static, string } from '../traceql/static-value';
import { CellStore } from './cell-store';
import { isDuration } from './is-duration';
import type { Observation } from './observation';
import { quantileOfPowers } from './quantile-of-powers';
import type { MetricsRange } from './read-metrics-request';

export interface Label {
  readonly key: string;
  readonly value: Static;
}

/** Values by interval. */
export interface MetricSeries {
  readonly labels: readonly Label[];
  /** NaN where there is none. */
  valueAt(interval: number): number;
  /** The intervals that have values of their own: what is done with many series goes over these alone. */
  observed(): Iterable<number>;
  /** The value at every other interval. */
  readonly otherwise: number;
  /** The newest span of an interval, by its `seq`; undefined where there is none. */
  spanAt(interval: number): number | undefined;
}

interface Group {
  readonly keys: readonly (Static | undefined)[];
  /** Of each interval: its cell, or its cells by exponent. */
  readonly cells: Map<number, number | Map<number, number>>;
}

/** Of the texts by which groups are told apart, in characters. */
const MAX_KEY_LENGTH = 32 * 1024 * 1024;

/**
 * Collects observations by the values of `by()` and interval, and gives the series of the metrics function. Only intervals
 * with spans take memory, and that is bounded: `observe` throws `AnswerTooLarge`.
 */
export class SeriesTable {
  readonly intervals: number;
  private readonly groups = new Map<string, Group>();
  private readonly cells = new CellStore();
  private keyLength = 0;

  constructor(
    private readonly stage: MetricsStage,
    private readonly range: MetricsRange,
  ) {
    this.intervals = Number((range.end - range.start) / range.step);
  }

  observe(keys: readonly (Static | undefined)[], interval: number, seen: Observation): void {
    if (interval < 0 || interval >= this.intervals) return;
    const { cells } = this.group(keys);
    const known = cells.get(interval);
    if (seen.exponent === undefined) {
      if (known === undefined) cells.set(interval, this.cells.add(seen));
      else this.cells.merge(known as number, seen);
      return;
    }
    const powers = (known as Map<number, number> | undefined) ?? new Map<number, number>();
    if (!known) cells.set(interval, powers);
    const cell = powers.get(seen.exponent);
    if (cell === undefined) powers.set(seen.exponent, this.cells.add(seen));
    else this.cells.merge(cell, seen);
  }

  async series(pace: Pace): Promise<MetricSeries[]> {
    if (this.groups.size === 0 && this.stage.by.length === 0 && isCount(this.stage.function))
      this.groups.set('', { keys: [], cells: new Map() });
    const series: MetricSeries[] = [];
    for (const { keys, cells } of this.groups.values()) {
      for (const each of this.ofGroup(this.labels(keys), cells)) series.push(each);
      if (pace.isDue()) await pace.turn();
    }
    return series;
  }

  private group(keys: readonly (Static | undefined)[]): Group {
    const id = keys.map((key) => (key ? `${key.type}:${formatStatic(key)}` : '')).join('\0');
    let group = this.groups.get(id);
    if (!group) {
      this.keyLength += id.length;
      if (this.keyLength > MAX_KEY_LENGTH)
        throw new AnswerTooLarge(
          `the values of by() in ${this.groups.size} series are longer than ${MAX_KEY_LENGTH} characters together: group by less`,
        );
      group = { keys, cells: new Map() };
      this.groups.set(id, group);
    }
    return group;
  }

  private ofGroup(labels: Label[], cells: Group['cells']): MetricSeries[] {
    switch (this.stage.function) {
      case 'quantile_over_time':
        return this.stage.quantiles.map((quantile) => ({
          labels: [...labels, { key: 'p', value: float(quantile) }],
          valueAt: (interval) => {
            const powers = cells.get(interval) as Map<number, number> | undefined;
            return powers ? quantileOfPowers(quantile, this.counts(powers)) / this.unit() : 0;
          },
          observed: () => cells.keys(),
          otherwise: 0,
          spanAt: (interval) => this.newest(cells.get(interval)),
        }));
      case 'histogram_over_time': {
        return Array.from(byExponent(cells), ([exponent, own]) => ({
          labels: [...labels, { key: '__bucket', value: float(2 ** exponent / this.unit()) }],
          valueAt: (interval: number) => {
            const cell = own.get(interval);
            return cell === undefined ? 0 : this.cells.count(cell);
          },
          observed: () => own.keys(),
          otherwise: 0,
          spanAt: (interval: number) => this.newest(own.get(interval)),
        }));
      }
      default: {
        const otherwise = isCount(this.stage.function) ? 0 : Number.NaN;
        const named = this.stage.by.length > 0 ? labels : [{ key: '__name__', value: string(this.stage.function) }];
        const valueAt = (interval: number) => {
          const cell = cells.get(interval) as number | undefined;
          return cell === undefined ? otherwise : this.simple(cell);
        };
        const observed = () => cells.keys();
        const spanAt = (interval: number) => this.newest(cells.get(interval));
        return [{ labels: named, valueAt, observed, otherwise, spanAt }];
      }
    }
  }

  private simple(cell: number): number {
    switch (this.stage.function) {
      case 'rate':
        return this.cells.count(cell) / (Number(this.range.step) / 1e9);
      case 'count_over_time':
        return this.cells.count(cell);
      case 'min_over_time':
        return this.cells.min(cell) / this.unit();
      case 'max_over_time':
        return this.cells.max(cell) / this.unit();
      case 'sum_over_time':
        return this.cells.sum(cell) / this.unit();
      default:
        return this.cells.sum(cell) / this.cells.count(cell) / this.unit();
    }
  }

  private counts(powers: ReadonlyMap<number, number>): Map<number, number> {
    return new Map(Array.from(powers, ([exponent, cell]) => [exponent, this.cells.count(cell)]));
  }

  private newest(cell: number | Map<number, number> | undefined): number | undefined {
    if (cell === undefined) return undefined;
    if (typeof cell === 'number') return this.cells.seq(cell);
    let newest = 0;
    for (const each of cell.values()) newest = Math.max(newest, this.cells.seq(each));
    return newest;
  }

  /** The span's duration is told in seconds, and no other, as in Tempo. */
  private unit(): number {
    return isDuration(this.stage.field) ? 1e9 : 1;
  }

  /** Missing values give no label; where all are missing the first is there as `nil`. */
  private labels(keys: readonly (Static | undefined)[]): Label[] {
    const labels = this.stage.by.flatMap((field, i) => {
      const value = keys[i];
      return value && value.type !== 'nil' ? [{ key: formatField(field), value }] : [];
    });
    const [first] = this.stage.by;
    return labels.length === 0 && first && !this.isHistogram()
      ? [{ key: formatField(first), value: { type: 'nil' } }]
      : labels;
  }

  private isHistogram(): boolean {
    return this.stage.function === 'quantile_over_time' || this.stage.function === 'histogram_over_time';
  }
}

/** The cells of each exponent by interval. */
function byExponent(cells: Group['cells']): Map<number, Map<number, number>> {
  const exponents = new Map<number, Map<number, number>>();
  for (const [interval, powers] of cells) {
    for (const [exponent, cell] of powers as Map<number, number>) {
      const own = exponents.get(exponent) ?? new Map<number, number>();
      exponents.set(exponent, own.set(interval, cell));
    }
  }
  return exponents;
}

function isCount(name: string): boolean {
  return name === 'rate' || name === 'count_over_time';
}
