import type { TraceSummary } from '../../../../shared/contract/telemetry';

/** A column of the trace list for attributes that the query selects. */
export interface ListColumn {
  title: string;
  /** Attributes of its values, the first that a trace has. */
  names: readonly string[];
  /** A title in words, and a width that fits its values. */
  look: 'route' | 'status' | 'attribute';
}

/** HTTP's attributes by their present names and by those of before the conventions were stable. */
const known: readonly ListColumn[] = [
  { title: 'Route', names: ['http.route'], look: 'route' },
  { title: 'Status', names: ['http.response.status_code', 'http.status_code'], look: 'status' },
];

/** The columns of what the traces have of the selected attributes, in the order in which they first come. */
export function listColumns(traces: readonly TraceSummary[]): ListColumn[] {
  const names = new Set(traces.flatMap(({ selected }) => (selected ? Object.keys(selected) : [])));
  const columns = [...names].map(
    (name) =>
      known.find((each) => each.names.includes(name)) ?? { title: name, names: [name], look: 'attribute' as const },
  );
  return [...new Set(columns)].sort((a, b) => placeOf(a) - placeOf(b));
}

/** Route and status first, the others as they come. */
function placeOf(column: ListColumn): number {
  const place = known.indexOf(column);
  return place === -1 ? known.length : place;
}

export function columnValue({ selected }: TraceSummary, { names }: ListColumn): string | undefined {
  for (const name of names) if (selected?.[name] !== undefined) return selected[name];
  return undefined;
}
