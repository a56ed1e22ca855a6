import { failUnsupported } from '../terms/promql-error';

/** Levels of brackets, or signs in a row: deeper, the published grammar's parser begins to guess. Prometheus has no bound. */
const MAX_LEVELS = 500;

/** Refuses expressions nested deeper than this engine reads them; chains of operators are not nested. */
export function refuseDeepNesting(query: string): void {
  let [levels, signs] = [0, 0];
  for (let at = 0; at < query.length; at++) {
    const character = query[at]!;
    if (character === '"' || character === "'" || character === '`') at = endOfString(query, at);
    else if (character === '#') at = endOf(query, '\n', at);
    if (character === '+' || character === '-') signs++;
    else if (character.trim() !== '') signs = 0;
    if (character === '(' || character === '[' || character === '{') levels++;
    else if (character === ')' || character === ']' || character === '}') levels--;
    if (Math.max(levels, signs) > MAX_LEVELS) failUnsupported(`an expression nested deeper than ${MAX_LEVELS} levels`);
  }
}

function endOfString(query: string, start: number): number {
  const quote = query[start]!;
  let at = start + 1;
  while (at < query.length && query[at] !== quote) at += query[at] === '\\' && quote !== '`' ? 2 : 1;
  return at;
}

function endOf(query: string, last: string, start: number): number {
  const found = query.indexOf(last, start);
  return found < 0 ? query.length : found;
}
