import { failUnsupported } from '../promql-error';

/** Levels of brackets, or signs in a row: deeper, the published grammar's parser begins to guess. Prometheus has no bound. */
const MAX_LEVELS = 500;

const TOKEN = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|#[^\n]*|([-+])|([([{])|([)\]}])|[^\s]/gs;

/** Refuses expressions nested deeper than this engine reads them; chains of operators are not nested. */
export function refuseDeepNesting(query: string): void {
  let [levels, signs] = [0, 0];
  for (const [, sign, opens, closes] of query.matchAll(TOKEN)) {
    signs = sign ? signs + 1 : 0;
    if (opens) levels++;
    else if (closes) levels--;
    if (Math.max(levels, signs) > MAX_LEVELS) failUnsupported(`an expression nested deeper than ${MAX_LEVELS} levels`);
  }
}
