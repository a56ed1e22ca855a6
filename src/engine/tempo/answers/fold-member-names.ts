/** Members of a JSON object under the names that are known, whatever their capitals: Go reads `traceID` as `traceId`. Anything else stays. */
export function foldMemberNames(value: unknown, names: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const known = new Map(names.map((name) => [name.toLowerCase(), name]));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [known.get(key.toLowerCase()) ?? key, member]),
  );
}
