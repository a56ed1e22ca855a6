import { formatDuration } from '../../../shared/format-duration';

/** Spans of one group. Durations are estimates of the backend's. */
export interface GroupRow {
  group: readonly string[];
  count: number;
  failed: number;
  p50Ns?: number;
  p95Ns?: number;
  maxNs?: number;
}

/** A table of groups with a line of names above: where things failed first, then what takes most time. */
export function tableOf(rows: readonly GroupRow[], names: readonly string[]): string[] {
  const sorted = rows.toSorted(
    (a, b) => b.failed - a.failed || (b.p95Ns ?? 0) * b.count - (a.p95Ns ?? 0) * a.count || b.count - a.count,
  );
  const time = (ns: number | undefined) => (ns === undefined ? '-' : formatDuration(ns));
  return [
    ['count', 'failed', 'p50', 'p95', 'max', ...names].join(' | '),
    ...sorted.map(({ count, failed, p50Ns, p95Ns, maxNs, group }) =>
      [count, failed, time(p50Ns), time(p95Ns), time(maxNs), ...group.map((value) => value || '(none)')].join(' | '),
    ),
  ];
}
