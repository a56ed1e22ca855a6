import type { QueryApi } from '../../shared/contract/external';

/** Paths of Loki's API by which Grafana's plugin offers its labels and what else an editor asks. */
const lokiResources =
  /^(?:labels|label\/[^/]+\/values|series|index\/(?:stats|volume|volume_range|shards)|patterns|detected_labels|detected_fields|detected_field\/[^/]+\/values|format_query|drilldown-limits)$/;

/**
 * The path of an API that a resource of its data source stands for, without a query. Null for one that Grafana's plugin has not.
 * Prometheus hands on every path, Loki those of its API with or without what comes before, Tempo its tags.
 */
export function resourcePath(type: QueryApi, resource: string): string | null {
  const path = resource.replace(/^\/+/, '');
  if (type === 'prometheus') return `/${path}`;
  if (type === 'loki') {
    const short = path.replace(/^loki\/api\/v1\//, '');
    return lokiResources.test(short) || /^query(?:_range)?$/.test(short) ? `/loki/api/v1/${short}` : null;
  }
  if (path === 'tags') return '/api/v2/search/tags';
  const values = /^tag-values\/(.+)$/.exec(path)?.[1];
  if (values !== undefined) return `/api/v2/search/tag/${values}/values`;
  return path.startsWith('api/') ? `/${path}` : null;
}
