import { groupBy } from '../../../../shared/group-by';
import type { Metric } from '../metric/metric';
import { metricNamespace } from '../metric/metric-namespace';
import { metricOrigin } from '../metric/metric-origin';

/** A namespace's name over its first chart, with how many it has. */
export interface GridHead {
  name: string;
  count: number;
}

export type GridRow =
  | { kind: 'origin'; key: string; title: string; note: string; count: number }
  | { kind: 'tiles' | 'headed'; key: string; metrics: Metric[]; heads: (GridHead | undefined)[]; idle: boolean };

/** CSS pixels, with the room below. */
export const rowHeights: Record<GridRow['kind'], number> = { origin: 44, tiles: 174, headed: 200 };

const origins = [
  { origin: 'own', title: 'Your metrics', note: 'as your apps send them' },
  { origin: 'derived', title: 'Derived from spans', note: 'calls, errors and latencies, and who calls whom' },
  { origin: 'watchtower', title: 'About Watchtower', note: 'what it received and keeps' },
] as const;
const lone = 'other';

/** Rows of small charts: whose metrics they are, then the first part of their names; those without samples come last. */
export function gridRows(metrics: readonly Metric[], idle: readonly Metric[], columns: number): GridRow[] {
  const rows: GridRow[] = [];
  for (const { origin, title, note } of origins) {
    const own = metrics.filter(({ name }) => metricOrigin(name) === origin);
    if (own.length === 0) continue;
    rows.push({ kind: 'origin', key: origin, title, note, count: own.length });
    rows.push(...(origin === 'own' ? headedRows(own, columns) : tileRows(origin, own, columns, false)));
  }
  if (idle.length > 0) {
    const note = 'kept, and not sent in this time';
    rows.push({ kind: 'origin', key: 'idle', title: 'Without samples in this window', note, count: idle.length });
    rows.push(...tileRows('idle', idle, columns, true));
  }
  return rows;
}

/** Namespaces with how many metrics each has; those of one metric are `other` together. */
export function byNamespace(metrics: readonly Metric[]): [string, Metric[]][] {
  const found = groupBy(metrics, ({ name }) => metricNamespace(name));
  const several = [...found].filter(([, members]) => members.length > 1).sort(([a], [b]) => a.localeCompare(b));
  const others = [...found.values()].filter((members) => members.length === 1).flat();
  return others.length > 0 ? [...several, [lone, others]] : several;
}

/** Each namespace under its name; one that fits beside the one before stands there. */
function headedRows(metrics: readonly Metric[], columns: number): GridRow[] {
  const rows: Extract<GridRow, { metrics: Metric[] }>[] = [];
  for (const [name, members] of byNamespace(metrics)) {
    const last = rows.at(-1);
    const head = { name, count: members.length };
    if (last && last.metrics.length + members.length <= columns) {
      last.heads.push(head, ...members.slice(1).map(() => undefined));
      last.metrics.push(...members);
      last.kind = 'headed';
      continue;
    }
    const [first, ...others] = tileRows(name, members, columns, false);
    rows.push({ ...first!, kind: 'headed', heads: [head, ...first!.heads.slice(1)] }, ...others);
  }
  return rows;
}

function tileRows(key: string, metrics: readonly Metric[], columns: number, idle: boolean) {
  const rows: Extract<GridRow, { metrics: Metric[] }>[] = [];
  for (let at = 0; at < metrics.length; at += columns) {
    const some = metrics.slice(at, at + columns);
    rows.push({ kind: 'tiles', key: `${key} ${at}`, metrics: some, heads: some.map(() => undefined), idle });
  }
  return rows;
}
