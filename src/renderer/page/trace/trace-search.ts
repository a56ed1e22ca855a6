import { oneOf, texts } from '../page-search';
import { readTimeSearch, type TimeSearch } from '../time-window';

/** Ways to look at one trace beside its spans over time. */
const traceViews = ['flame', 'statistics', 'table', 'conversation'] as const;
export type TraceViewName = (typeof traceViews)[number];

export interface TraceSearch extends TimeSearch {
  /** Id of the selected span. */
  span?: string;
  /** What is shown of it; absent means its spans over time. */
  view?: TraceViewName;
  /** By what its statistics are grouped: `service`, or an attribute as TraceQL writes it; absent means by operation. */
  by?: string;
  /** Times are moved so that the clocks of its services agree. */
  clocks?: 'corrected';
}

export interface CompareTracesSearch extends TimeSearch {
  /** Ids of the two traces: the one that is measured against, and the one that is looked at. */
  a?: string;
  b?: string;
}

export function readTraceSearch(search: Record<string, unknown>): TraceSearch {
  return {
    ...readTimeSearch(search),
    ...texts(search, 'span', 'by'),
    ...oneOf(search, 'view', traceViews),
    ...oneOf(search, 'clocks', ['corrected'] as const),
  };
}

export function readCompareTracesSearch(search: Record<string, unknown>): CompareTracesSearch {
  return { ...readTimeSearch(search), ...texts(search, 'a', 'b') };
}
