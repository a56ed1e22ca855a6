import type { FacetGroup } from '../../../../shared/contract/facets';

export type GroupOrder = 'count' | 'errors' | 'p95';

/** The greatest first; of equal ones those of more spans. */
export function sortGroups(groups: readonly FacetGroup[], order: GroupOrder): FacetGroup[] {
  const of = (group: FacetGroup) => (order === 'p95' ? (group.p95Ns ?? -1) : group[order]);
  return [...groups].sort((a, b) => of(b) - of(a) || b.count - a.count);
}
