/** proto3 JSON leaves out fields of zero value. */
export function omitZeroValues(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        !(value === undefined || value === '' || value === 0 || (Array.isArray(value) && value.length === 0)),
    ),
  );
}
