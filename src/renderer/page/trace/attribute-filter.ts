import type { Attribute } from '../../../shared/contract/telemetry';
import { traceField } from '../../../shared/trace-query/trace-condition';

export type AttributeScope = 'span' | 'resource';

/** The TraceQL of spans that have the value, or have another; null where TraceQL has no such value, as of lists and maps. */
export function attributeFilter(
  { key, value }: Attribute,
  scope: AttributeScope,
  has: 'include' | 'exclude',
): string | null {
  const written =
    typeof value === 'string'
      ? quoted(value)
      : typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : null;
  // A text of a megabyte is no filter: no address could carry it.
  if (written === null || written.length > 1000) return null;
  return `{ ${traceField(scope, key)} ${has === 'include' ? '=' : '!='} ${written} }`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
