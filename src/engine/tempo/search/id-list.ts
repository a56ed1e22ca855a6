/** More ids than this are written as one literal: DuckDB takes about 10 µs for each expression of a statement. */
const MAX_EXPRESSIONS = 100;

/** What stands behind `IN` for dictionary ids. */
export function idList(ids: Uint32Array): string {
  if (ids.length <= MAX_EXPRESSIONS) return `(${Array.from(ids, (id) => `${id}::UINTEGER`).join(',')})`;
  return `(SELECT unnest('[${ids.join(',')}]'::UINTEGER[]))`;
}
