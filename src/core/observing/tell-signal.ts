import { blankStrings } from './blank-strings';
import type { Signal } from './signal';

/** Words of TraceQL that could be labels as well: `{name="GET /"}` is meant for spans. */
const intrinsics = /^(name|status|statusMessage|kind|duration|traceDuration|rootName|rootServiceName)$/;
const matcher = /\s*([A-Za-z_][\w]*)\s*(?:=~|!~|!=|=)\s*(?:" *"|` *`)\s*(?:,|$)/y;

/** Which language a query is in, by how it looks. Where two would take it, the more usual one. */
export function tellSignal(query: string): Signal {
  const text = blankStrings(query).trim();
  const braces = /^[\s(]*\{([^}]*)\}/.exec(text);
  if (!braces) return looksLikeLogMetric(text) ? 'logs' : 'metrics';
  const inside = braces[1]!;
  if (/^\s*["'`]/.test(inside)) return 'metrics';
  const labels = readLabels(inside);
  if (labels.length === 0) return 'traces';
  if (labels.includes('__name__')) return 'metrics';
  return labels.every((label) => intrinsics.test(label)) ? 'traces' : 'logs';
}

/** Names of a selector as Prometheus and Loki write it; none where it is no such selector. */
function readLabels(inside: string): string[] {
  const labels: string[] = [];
  matcher.lastIndex = 0;
  while (matcher.lastIndex < inside.length) {
    const found = matcher.exec(inside);
    if (!found) return [];
    labels.push(found[1]!);
  }
  return labels;
}

/** A selector of PromQL stands behind a name; one of LogQL never does. */
function looksLikeLogMetric(text: string): boolean {
  const open = text.indexOf('{');
  if (open < 0) return false;
  return !/[\w:"]\s*$/.test(text.slice(0, open)) && !/__name__/.test(text);
}
