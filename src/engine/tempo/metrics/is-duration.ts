import type { Field } from '../traceql/ast';

/** Whether it is the duration of a span, a column of its own. */
export function isDuration(field: Field | undefined): boolean {
  return field?.type === 'intrinsic' && field.name === 'duration';
}
