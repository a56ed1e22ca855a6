import { formatDecimal } from '../samples/format-sample';
import { isDerivedSeries, isSelfSeries } from '../store/reader/is-own-series';
import type { StoredSeries } from '../store/reader/reader';
import type { MetricStream, SeriesRole } from './metric-stream';
import { type FamilyMetadata, restoreMetric } from './restore-metric';
import { OriginRestorer, withoutResource } from './restore-origin';

const PARTS = [
  ['_bucket', 'bucket'],
  ['_sum', 'sum'],
  ['_count', 'count'],
] as const;

/**
 * Finds for each series the OTLP stream it is a part of: `_bucket`, `_sum` and `_count` of a known histogram belong
 * together, so do the parts of a summary; any other series is a gauge or a counter by itself. What the engine makes by
 * itself is left out: metrics about itself, and those of spans, which an import makes again.
 */
export class StreamPlan {
  private readonly roles = new Map<number, SeriesRole>();
  private readonly streams = new Map<string, MetricStream>();
  private readonly origins: OriginRestorer;

  constructor(
    private readonly series: ReadonlyMap<number, StoredSeries>,
    private readonly metadata: ReadonlyMap<string, FamilyMetadata>,
  ) {
    this.origins = new OriginRestorer(series.values());
    const exported = [...series.values()].filter((one) => !isSelfSeries(one) && !isDerivedSeries(one));
    for (const one of exported) if (one.name !== 'target_info') this.roles.set(one.id, this.roleOf(one));
    for (const one of exported) {
      if (one.name === 'target_info' && !this.origins.restoredInfos.has(one)) this.roles.set(one.id, this.roleOf(one));
    }
  }

  /** Undefined for a series that is not exported. */
  role(series: number): SeriesRole | undefined {
    return this.roles.get(series);
  }

  /** The series as a gauge of exactly its name, for samples that do not make up a whole point. */
  plain(series: number): MetricStream {
    const { name, labels } = this.series.get(series)!;
    return this.stream('gauge', name, labels);
  }

  private roleOf(series: StoredSeries): SeriesRole {
    const { name, labels } = series;
    const type = this.metadata.get(name)?.type;
    if (type === 'histogram') return { stream: this.stream('exponential', name, labels), part: 'value', at: 0 };
    const quantile = boundOf(labels.get('quantile'));
    if (type === 'summary' && quantile !== undefined) {
      return { stream: this.stream('summary', name, labels, 'quantile'), part: 'quantile', at: quantile };
    }
    if (type === undefined) {
      for (const [suffix, part] of PARTS) {
        if (!name.endsWith(suffix)) continue;
        const family = name.slice(0, -suffix.length);
        const kind = this.metadata.get(family)?.type;
        if (kind !== 'histogram' && !(kind === 'summary' && part !== 'bucket')) continue;
        const bound = part === 'bucket' ? boundOf(labels.get('le')) : 0;
        if (bound === undefined) continue;
        return { stream: this.stream(kind, family, labels, part === 'bucket' ? 'le' : undefined), part, at: bound };
      }
    }
    const isCounter = type === 'counter' && restoreMetric(name, 'counter', undefined) !== undefined;
    return { stream: this.stream(isCounter ? 'sum' : 'gauge', name, labels), part: 'value', at: 0 };
  }

  private stream(
    kind: MetricStream['kind'],
    family: string,
    labels: ReadonlyMap<string, string>,
    omit?: string,
  ): MetricStream {
    const own = [...labels].filter(([name]) => name !== omit);
    const key = [kind, family, ...own.flat()].join('\0');
    const known = this.streams.get(key);
    if (known) return known;
    const nameKind = kind === 'sum' ? 'counter' : kind === 'gauge' ? 'gauge' : 'other';
    const metric = restoreMetric(family, nameKind, this.metadata.get(family));
    const stream = {
      kind,
      metric: metric ?? { name: family, unit: '', description: '' },
      // With its resource, an import would write it twice.
      origin: family === 'target_info' ? withoutResource(labels) : this.origins.restore(labels, omit),
    };
    this.streams.set(key, stream);
    return stream;
  }
}

/** Undefined for a text that the translation would not write again. */
function boundOf(text: string | undefined): number | undefined {
  const bound = text === '+Inf' ? Number.POSITIVE_INFINITY : Number(text ?? Number.NaN);
  return text !== undefined && formatDecimal(bound) === text ? bound : undefined;
}
