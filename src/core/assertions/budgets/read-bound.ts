import { formatDuration } from '../../../shared/format-duration';
import { parseSpan } from '../../observing/parse-span';
import { type Comparison, parseNumber } from '../comparison';
import type { YamlMapping } from '../yaml/yaml-mapping';

const signs = { '≤': '<=', '≥': '>=', '≠': '!=', '=': '==' } as const;
const words = { '<=': 'at most', '>=': 'at least', '<': 'below', '>': 'above', '==': 'exactly', '!=': 'not' } as const;

export interface Bound extends Comparison {
  /** `at most 300 ms`. */
  said: string;
}

/** How a bound is written: what a value without a sign means, and whether it is a time, which is kept in nanoseconds. */
interface Form {
  bare: '<=' | '==';
  time?: boolean;
}

/** The bound of a key: `300ms`, `<= 5`, `≤ 5`; undefined where there is none, or it is a problem of the file. */
export function readBound(mapping: YamlMapping, key: string, { bare, time = false }: Form): Bound | undefined {
  const text = mapping.text(key);
  if (text === undefined) return undefined;
  const [, sign = '', rest = ''] = /^\s*(<=|>=|==|!=|≤|≥|≠|=|<|>)?\s*(.*?)\s*$/s.exec(text) ?? [];
  const read = time ? parseSpan(rest) : parseNumber(rest);
  if (read === undefined) {
    mapping.report(key, `${JSON.stringify(text)} is no bound; write ${time ? '300ms or <= 1.5s' : '5, <= 5 or >= 1'}`);
    return undefined;
  }
  const operator =
    sign === '' ? bare : ((signs as Record<string, Comparison['operator']>)[sign] ?? (sign as Comparison['operator']));
  const value = time ? read * 1e6 : read;
  const said = time ? formatDuration(value) : String(value);
  return { operator, value, text: text.trim(), said: `${words[operator]} ${said}` };
}
