/** The first part of a metric's name: `http`, `jvm`; of one that has no parts the whole. */
export function metricNamespace(name: string): string {
  const [first = ''] = name.split(/[_.:/\-\s]/).filter(Boolean);
  return first || name;
}
