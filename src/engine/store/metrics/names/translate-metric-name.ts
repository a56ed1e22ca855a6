import { isBeyondAscii } from './is-beyond-ascii';
import { unitSuffixes } from './translate-unit';

/** What decides the suffixes of a name: a counter is a monotonic sum. */
export type NameKind = 'counter' | 'gauge' | 'other';

/**
 * The Prometheus name of an OTLP metric, by the rules of Prometheus' OTLP endpoint (escaping with suffixes): legal
 * characters, the unit in words, `_total` for counters and `_ratio` for gauges of unit 1. A name with other letters
 * than ASCII's, with emoji or with no letter at all, is not escaped (different names would be one) and gets its suffixes as Prometheus does it
 * then. Undefined for an empty name.
 */
export function translateMetricName(name: string, unit: string, kind: NameKind): string | undefined {
  if (name === '') return undefined;
  if (isBeyondAscii(name) || !/[a-zA-Z0-9:]/.test(name)) return withSuffixes(name, unit, kind);
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
  return /^[0-9]/.test(joined) ? `_${joined}` : joined;
}

function withSuffixes(name: string, unit: string, kind: NameKind): string {
  const { main, per } = unitSuffixes(unit);
  const last = kind === 'counter' ? 'total' : kind === 'gauge' && unit === '1' ? 'ratio' : '';
  let base = without(without(name, last), per);
  if (main !== '' && !base.endsWith(main)) base = `${base}_${main}`;
  return [base, per, last].filter((part) => part !== '').join('_');
}

/** A name without the suffix, and the character before it, that it is to end with. */
function without(name: string, suffix: string): string {
  const hasSuffix = suffix !== '' && name.endsWith(suffix) && name.length > suffix.length + 1;
  return hasSuffix ? name.slice(0, -suffix.length - 1) : name;
}
