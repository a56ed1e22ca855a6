import { readTimeSearch, type TimeSearch } from './time-window';

/** What a link to Metrics carries beside the time window. */
export interface MetricsSearch extends TimeSearch {
  metric?: string;
  /** Of which alone the metric's views are; an own query is about what it says. */
  service?: string;
  /** PromQL; without it the default query of the metric. */
  q?: string;
  /** The board of pinned charts in place of all metrics. */
  board?: boolean;
  /** Words of the metrics that are looked for, their type, and the first part of their names. */
  find?: string;
  type?: string;
  ns?: string;
  /** Which of the metric's views; absent means the usual one of its kind. */
  fn?: string;
  /** Labels that it is grouped by, one a line; empty for none, absent for the usual one. */
  by?: string;
  /** Matchers of its series, as PromQL writes them between braces. */
  where?: string;
  /** The label whose values are charts of their own. */
  split?: string;
  /** A table of the values now, in place of the charts by label. */
  table?: boolean;
  /** With the window before, dashed. */
  compare?: boolean;
}

const texts = ['metric', 'service', 'find', 'type', 'ns', 'fn', 'by', 'where', 'split'] as const;
const switches = ['board', 'table', 'compare'] as const;

export function readMetricsSearch(search: Record<string, unknown>): MetricsSearch {
  const read: MetricsSearch = readTimeSearch(search);
  for (const name of texts) {
    const value = search[name];
    // The router reads `?find=404` as a number.
    if (typeof value === 'string' || typeof value === 'number') read[name] = String(value);
  }
  for (const name of switches) if (search[name] === true) read[name] = true;
  const { q } = search;
  const query = typeof q === 'string' || typeof q === 'number' ? String(q).trim() : '';
  return query ? { ...read, q: query } : read;
}
