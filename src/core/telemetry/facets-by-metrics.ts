import type { Facet, FacetGroup, Facets } from '../../shared/contract/facets';
import type { Attribute } from '../../shared/contract/telemetry';
import type { AskedFacets } from '../../shared/requests/tempo-facets';
import { metricsQuery } from '../../shared/trace-query/metrics-query';
import { traceCondition } from '../../shared/trace-query/trace-condition';
import { isNil } from './request/is-nil';

type Aggregate = (
  query: string,
) => Promise<{ series: { labels: Attribute[]; value: number }[]; cut?: string | undefined }>;

/** How many spans have which values, by instant metrics queries of TraceQL. How many values there are beside the greatest is not known. */
export async function facetsByMetrics(asked: AskedFacets, aggregate: Aggregate): Promise<Facets> {
  const whole = await aggregate(metricsQuery(asked.query, 'count_over_time()'));
  const spans = whole.series[0]?.value ?? 0;
  const facets: Facet[] = [];
  for (const field of asked.fields) {
    const stages = ['count_over_time() by', 'count_over_time() by', 'quantile_over_time(duration, .95) by'];
    const [counted, failed, slow] = await Promise.all(
      stages
        .slice(0, asked.durations ? 3 : 2)
        .map((stage, at) =>
          aggregate(
            metricsQuery(
              asked.query,
              at === 1
                ? `${stage} (${[...new Set([field, 'status'])].join(', ')})`
                : `${stage} (${field})${at === 0 ? ` | topk(${asked.limit})` : ''}`,
            ),
          ),
        ),
    );
    const errors = bySameValue(
      failed!.series.filter(({ labels }) => isFailed(labels)),
      field,
    );
    const p95 = bySameValue(slow?.series ?? [], field);
    const groups = counted!.series
      .map(({ labels, value: count }): FacetGroup => {
        const value = labelValue(labels, field);
        const seconds = p95.get(textOf(value));
        return {
          value: value === null ? null : textOf(value).slice(0, mostCharacters),
          condition: traceCondition(field, value),
          ...{ count, errors: errors.get(textOf(value)) ?? 0, p95Ns: seconds === undefined ? null : seconds * 1e9 },
        };
      })
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count)
      .slice(0, asked.limit);
    const shown = groups.reduce((sum, { count }) => sum + count, 0);
    facets.push({
      field,
      groups,
      others: { values: shown < spans ? null : 0, spans: Math.max(0, spans - shown) },
      looked: spans,
    });
  }
  return { spans, facets };
}

const mostCharacters = 300;

type Value = Attribute['value'];

/** Null where spans have none, which Tempo writes as the word. */
function labelValue(labels: readonly Attribute[], field: string): Value {
  const found = labels.find(({ key }) => key === field || key === field.replaceAll('"', ''))?.value ?? null;
  return isNil(found) ? null : found;
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isFailed(labels: readonly Attribute[]): boolean {
  return labels.some(({ key, value }) => key === 'status' && value === 'error');
}

function bySameValue(series: readonly { labels: Attribute[]; value: number }[], field: string): Map<string, number> {
  return new Map(series.map(({ labels, value }) => [textOf(labelValue(labels, field)), value]));
}
