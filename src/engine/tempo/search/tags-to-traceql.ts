import type { Problem } from '../../../shared/problem';

/**
 * TraceQL for the tag form of a search: `tags` in logfmt (`service.name=api http.method="GET"`), durations of the whole
 * trace in nanoseconds. Every tag must hold, each on some span of the trace.
 */
export function tagsToTraceql(
  tags: string,
  minimum: bigint | undefined,
  maximum: bigint | undefined,
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

/** Of these Tempo looks for a part of the value, of all others for the whole. */
const searchedForPart: ReadonlySet<string> = new Set([
  ...['name', 'root.name', 'root.service.name', 'service.name', 'http.method', 'http.url', 'http.route'],
  ...['http.request.method', 'url.path', 'url.route', 'server.address', 'k8s.cluster.name', 'k8s.namespace.name'],
  ...['k8s.pod.name', 'k8s.container.name'],
]);
const intrinsicTags: ReadonlyMap<string, string> = new Map([
  ['name', 'name'],
  ['root.name', 'rootName'],
  ['root.service.name', 'rootServiceName'],
  ['service.name', 'resource.service.name'],
]);

function condition(key: string, value: string): string {
  if (key === 'error') return `status ${value === 'true' ? '=' : '!='} error`;
  if (key === 'status.code' && ['ok', 'error', 'unset'].includes(value)) return `status = ${value}`;
  const field = intrinsicTags.get(key) ?? `.${JSON.stringify(key)}`;
  const text = JSON.stringify(value);
  if (searchedForPart.has(key)) return `${field} =~ ${JSON.stringify(`.*${escapePattern(value)}.*`)}`;
  // Tags have no types: a text that reads as a number or a boolean may be either.
  const typed = /^-?\d+(?:\.\d+)?$/.test(value) || value === 'true' || value === 'false';
  return typed ? `(${field} = ${text} || ${field} = ${value})` : `${field} = ${text}`;
}

function escapePattern(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}
