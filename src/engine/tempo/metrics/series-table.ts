import type { MetricsStage } from '../traceql/ast';
import { formatField } from '../traceql/format-expression';
import { float, formatStatic, type Static, string } from '../traceql/static-value';
import { quantileOfPowers } from './quantile-of-powers';
import type { MetricsRange } from './read-metrics-request';

export interface Label {
  readonly key: string;
  readonly value: Static;
}

/** One value an interval, NaN where there is none. */
export interface MetricSeries {
  readonly labels: readonly Label[];
  readonly values: Float64Array;
}

/** What is known of the spans of one series in one interval. */
export interface Observation {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** Log2 of the bucket, for quantiles and histograms; undefined where the value has none. */
  readonly exponent?: number;
}

interface Cell {
  count: number;
  sum: number;
  min: number;
  max: number;
  powers: Map<number, number>;
}

/** Collects observations by the values of `by()` and interval, and gives the series of the metrics function. */
export class SeriesTable {
  private readonly groups = new Map<string, { keys: readonly (Static | undefined)[]; cells: (Cell | undefined)[] }>();
  private readonly intervals: number;

  constructor(
    private readonly stage: MetricsStage,
    private readonly range: MetricsRange,
  ) {
    this.intervals = Number((range.end - range.start) / range.step);
  }

  observe(keys: readonly (Static | undefined)[], interval: number, seen: Observation): void {
    if (interval < 0 || interval >= this.intervals) return;
    const id = keys.map((key) => (key ? `${key.type}:${formatStatic(key)}` : '')).join('\0');
    let group = this.groups.get(id);
    if (!group) {
      group = { keys, cells: new Array(this.intervals) };
      this.groups.set(id, group);
    }
    let cell = group.cells[interval];
    if (!cell) {
      cell = { count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, powers: new Map() };
      group.cells[interval] = cell;
    }
    cell.count += seen.count;
    cell.sum += seen.sum;
    cell.min = Math.min(cell.min, seen.min);
    cell.max = Math.max(cell.max, seen.max);
    if (seen.exponent !== undefined) cell.powers.set(seen.exponent, (cell.powers.get(seen.exponent) ?? 0) + seen.count);
  }

  series(): MetricSeries[] {
    if (this.groups.size === 0 && this.stage.by.length === 0 && isCount(this.stage.function))
      this.groups.set('', { keys: [], cells: [] });
    return [...this.groups.values()].flatMap(({ keys, cells }) => this.ofGroup(this.labels(keys), cells));
  }

  private ofGroup(labels: Label[], cells: readonly (Cell | undefined)[]): MetricSeries[] {
    switch (this.stage.function) {
      case 'quantile_over_time':
        return this.stage.quantiles.map((quantile) => ({
          labels: [...labels, { key: 'p', value: float(quantile) }],
          values: this.values(cells, (cell) => quantileOfPowers(quantile, cell.powers) / this.unit(), 0),
        }));
      case 'histogram_over_time': {
        const powers = new Set(cells.flatMap((cell) => [...(cell?.powers.keys() ?? [])]));
        return [...powers].map((power) => ({
          labels: [...labels, { key: '__bucket', value: float(2 ** power / this.unit()) }],
          values: this.values(cells, (cell) => cell.powers.get(power) ?? 0, 0),
        }));
      }
      default: {
        const named = this.stage.by.length > 0 ? labels : [{ key: '__name__', value: string(this.stage.function) }];
        return [
          {
            labels: named,
            values: this.values(cells, (cell) => this.simple(cell), isCount(this.stage.function) ? 0 : Number.NaN),
          },
        ];
      }
    }
  }

  private simple(cell: Cell): number {
    switch (this.stage.function) {
      case 'rate':
        return cell.count / (Number(this.range.step) / 1e9);
      case 'count_over_time':
        return cell.count;
      case 'min_over_time':
        return cell.min / this.unit();
      case 'max_over_time':
        return cell.max / this.unit();
      case 'sum_over_time':
        return cell.sum / this.unit();
      default:
        return cell.sum / cell.count / this.unit();
    }
  }

  /** Durations are told in seconds. */
  private unit(): number {
    return this.stage.field?.type === 'intrinsic' && this.stage.field.name === 'duration' ? 1e9 : 1;
  }

  private values(cells: readonly (Cell | undefined)[], value: (cell: Cell) => number, empty: number): Float64Array {
    return Float64Array.from({ length: this.intervals }, (_, i) => {
      const cell = cells[i];
      return cell ? value(cell) : empty;
    });
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

function isCount(name: string): boolean {
  return name === 'rate' || name === 'count_over_time';
}
