import type { Attribute } from '../../../shared/contract/telemetry';
import { excludeCondition, traceCondition, traceField } from '../../../shared/trace-query/trace-condition';

export type AttributeScope = 'span' | 'resource';

/** The TraceQL of spans that have the value, or of all others; null where TraceQL has no such value, as of lists and maps. */
export function attributeFilter(
  { key, value }: Attribute,
  scope: AttributeScope,
  has: 'include' | 'exclude',
): string | null {
  const condition = traceCondition(traceField(scope, key), value);
  return condition && `{ ${has === 'include' ? condition : excludeCondition(condition)} }`;
}
