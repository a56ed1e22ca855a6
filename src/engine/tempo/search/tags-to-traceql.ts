import type { Problem } from '../../../shared/problem';

/**
 * TraceQL for the tag form of a search: `tags` in logfmt (`service.name=api http.method="GET"`), durations of the whole
 * trace in nanoseconds. Every tag must hold, each on some span of the trace.
 */
export function tagsToTraceql(
  tags: string,
  minimum: number | undefined,
  maximum: number | undefined,
): string | Problem {
  const filters: string[] = [];
  const seen = new Set<string>();
  const pattern = /\s*([^\s="]+)(?:=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*)))?(?=\s|$)/gy;
  let end = 0;
  for (const match of tags.matchAll(pattern)) {
    end = match.index + match[0].length;
    const key = match[1] as string;
    if (seen.has(key)) return { kind: 'bad-request', message: `invalid tags: tag ${key} has been set twice` };
    seen.add(key);
    const value = match[2] !== undefined ? match[2].replace(/\\(.)/g, '$1') : (match[3] ?? '');
    filters.push(`{ ${condition(key, value)} }`);
  }
  if (tags.slice(end).trim() !== '') {
    return {
      kind: 'bad-request',
      message: `invalid tags: unexpected ${JSON.stringify(tags.slice(end).trim()[0])} at pos ${end + 1}`,
    };
  }
  if (minimum !== undefined) filters.push(`{ traceDuration >= ${minimum}ns }`);
  if (maximum !== undefined) filters.push(`{ traceDuration <= ${maximum}ns }`);
  return filters.length === 0 ? '{}' : filters.join(' && ');
}

function condition(key: string, value: string): string {
  const text = JSON.stringify(value);
  if (key === 'name') return `name = ${text}`;
  if (key === 'root.name') return `rootName = ${text}`;
  if (key === 'root.service.name') return `rootServiceName = ${text}`;
  if (key === 'error') return `status ${value === 'true' ? '=' : '!='} error`;
  if (key === 'status.code' && ['ok', 'error', 'unset'].includes(value)) return `status = ${value}`;
  const field = key === 'service.name' ? 'resource.service.name' : `.${JSON.stringify(key)}`;
  // Tags have no types: a text that reads as a number or a boolean may be either.
  const typed = /^-?\d+(?:\.\d+)?$/.test(value) || value === 'true' || value === 'false';
  return typed ? `(${field} = ${text} || ${field} = ${value})` : `${field} = ${text}`;
}
