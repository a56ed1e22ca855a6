import { unitSuffixes } from './translate-unit';

/** What decides the suffixes of a name: a counter is a monotonic sum. */
export type NameKind = 'counter' | 'gauge' | 'other';

/**
 * The Prometheus name of an OTLP metric, by the rules of Prometheus' OTLP endpoint (escaping with suffixes): legal
 * characters, the unit in words, `_total` for counters and `_ratio` for gauges of unit 1. Undefined where nothing legal
 * is left of the name.
 */
export function translateMetricName(name: string, unit: string, kind: NameKind): string | undefined {
  let tokens = name.split(/[^a-zA-Z0-9:]+/u).filter((token) => token !== '');
  const suffixes = unitSuffixes(unit);

  const main = tokens.includes(suffixes.main) ? '' : suffixes.main;
  let per = suffixes.per === 'per_' ? '' : suffixes.per.replace(/_$/, '');
  if (tokens.includes(per)) per = '';
  if (main !== '') tokens.push(per === '' ? main : main.replace(/_$/, ''));
  if (per !== '') tokens.push(per);

  if (kind === 'counter') tokens = [...tokens.filter((token) => token !== 'total'), 'total'];
  if (kind === 'gauge' && unit === '1') tokens = [...tokens.filter((token) => token !== 'ratio'), 'ratio'];

  const joined = tokens.join('_');
  if (joined.replaceAll('_', '') === '') return undefined;
  return /^[0-9]/.test(joined) ? `_${joined}` : joined;
}
