import type { Problem } from '../../../shared/problem';
import { compileQuery } from '../search/read-search-request';
import type { FieldExpression } from '../traceql/ast';

/** Which spans of a trace are asked for. Depths are in levels, -1 for all. */
export interface TraceFilterRequest {
  readonly expression: FieldExpression;
  /** Of the descendants of each span that matches. */
  readonly matchDepth: number;
  /** Of its ancestors. */
  readonly ancestorDepth: number;
}

/** Reads `q`, `keep_hierarchy`, `match_depth` and `ancestor_depth`; undefined where the whole trace is asked for. */
export function readTraceFilter(
  parameters: Readonly<Record<string, string>>,
): TraceFilterRequest | Problem | undefined {
  const text = parameters.q?.trim();
  if (!text) return undefined;
  const query = compileQuery(text);
  if ('kind' in query) return query;
  const [stage] = query.stages;
  if (query.metrics || query.stages.length > 1 || stage?.type !== 'filter')
    return bad('q must be a single spanset filter, such as { status = error }');
  const keeps = parameters.keep_hierarchy ?? '';
  if (!/^(?:|1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/.test(keeps))
    return bad(`invalid value for keep_hierarchy: ${JSON.stringify(keeps)} is neither true nor false`);
  const keepsHierarchy = /^(?:1|t)/i.test(keeps);
  const matchDepth = readDepth(parameters, 'match_depth', 0);
  if (typeof matchDepth === 'object') return matchDepth;
  const ancestorDepth = keepsHierarchy ? readDepth(parameters, 'ancestor_depth', -1) : 0;
  if (typeof ancestorDepth === 'object') return ancestorDepth;
  return { expression: stage.expression, matchDepth, ancestorDepth };
}

function readDepth(parameters: Readonly<Record<string, string>>, name: string, missing: number): number | Problem {
  const value = parameters[name];
  if (!value) return missing;
  if (!/^[+-]?\d{1,9}$/.test(value))
    return bad(`invalid value for ${name}: ${JSON.stringify(value)} is no whole number`);
  return Number(value) < -1 ? bad(`invalid value for ${name}: must be >= -1`) : Number(value);
}

function bad(message: string): Problem {
  return { kind: 'bad-request', message };
}
