import { splitTraceQuery } from './split-trace-query';

/** The metrics query of a query's spans: `{ … } | rate() by (name)`. Exemplars are not asked for. */
export function metricsQuery(query: string, stage: string): string {
  const { body, hints } = splitTraceQuery(query);
  const given = /\(([^()]*)\)$/.exec(hints)?.[1]?.trim();
  const all = [...(given ? [given] : []), ...(/\bexemplars\b/.test(hints) ? [] : ['exemplars=false'])];
  return `${body} | ${stage} with (${all.join(', ')})`;
}
