/** Replaces `$name` and `${name}`, the longer names first, so that `$__interval_ms` is not taken for `$__interval`. */
export function replaceVariables(text: string, values: Readonly<Record<string, string>>): string {
  const names = Object.keys(values).sort((a, b) => b.length - a.length);
  return names.reduce(
    (replaced, name) => replaced.replaceAll(`\${${name}}`, values[name]!).replaceAll(`$${name}`, values[name]!),
    text,
  );
}
