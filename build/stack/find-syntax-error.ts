import type { LRParser } from '@lezer/lr';

/** The text with what Grafana fills in before it sends a query. */
function fillVariables(query: string): string {
  return query
    .replaceAll(/\$__(rate_interval|range|auto|interval)\b/g, '5m')
    .replaceAll(/\$\{__tags\}|\$__tags/g, 'service="shop"')
    .replaceAll(/\$\{__trace\.traceId\}/g, '0af7651916cd43dd8448eb211c80319c')
    .replaceAll(/\$[a-z]+\b/g, 'x');
}

/** Where the grammar could not read on; null for a query that parses. */
export function findSyntaxError(parser: LRParser, query: string): string | null {
  const text = fillVariables(query);
  let found: string | null = null;
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError) found ??= `at ${node.from} of ${text}`;
    },
  });
  return found;
}
