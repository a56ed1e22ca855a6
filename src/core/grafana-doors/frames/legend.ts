type Labels = Readonly<Record<string, string>>;

const placeholder = /\{\{\s*(.+?)\s*\}\}/g;

/** Label names in the order in which Go sorts them, by their bytes. */
export function sortedLabels(labels: Labels): [name: string, value: string][] {
  return Object.entries(labels).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** `up{instance="a", job="b"}`; of a series without a name its labels, of one without either `{}`. */
export function seriesName(labels: Labels): string {
  const { __name__: name = '', ...rest } = labels;
  const pairs = sortedLabels(rest).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  if (pairs.length === 0) return name === '' ? '{}' : name;
  return `${name}{${pairs.join(', ')}}`;
}

/** A legend's text with the labels' values in place of `{{label}}`; what is not there is left out. */
export function fillLegend(format: string, labels: Labels): string {
  return format.replace(placeholder, (_whole, label: string) => labels[label] ?? '');
}
