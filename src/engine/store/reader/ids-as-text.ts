/**
 * A list of ids as a parameter that the statement casts (`$1::UINTEGER[]`): as a list of values, a hundred thousand of them take
 * more than half a second to bind, during which the thread does nothing else.
 */
export function idsAsText(ids: readonly number[]): string {
  return `[${ids.join(',')}]`;
}
