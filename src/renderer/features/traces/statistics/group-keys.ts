import type { Attribute, Trace } from '../../../../shared/contract/telemetry';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';

/** By what spans are put into groups: `operation`, `service`, `kind`, or an attribute as TraceQL writes it (`span.http.route`). */
export interface GroupKey {
  readonly value: string;
  readonly label: string;
  /** Spans that have it. */
  readonly spans: number;
}

/** Of more keys those that most spans have. */
const mostKeys = 200;
/** A value is told apart by so many characters. */
const mostCharacters = 300;

/** The attributes of a trace's spans and resources, those that most spans have first. */
export function listGroupKeys({ spans, resources }: Trace): GroupKey[] {
  const counts = new Map<string, number>();
  const count = (scope: string, attributes: readonly Attribute[], by: number) => {
    for (const key of new Set(attributes.map(({ key }) => key)))
      counts.set(`${scope}.${key}`, (counts.get(`${scope}.${key}`) ?? 0) + by);
  };
  const ofResource = resources.map(() => 0);
  for (const span of spans) {
    count('span', span.attributes, 1);
    if (span.resource in ofResource) ofResource[span.resource]! += 1;
  }
  for (const [index, { attributes }] of resources.entries()) count('resource', attributes, ofResource[index]!);
  return [...counts]
    .map(([value, spans]) => ({ value, label: value, spans }))
    .sort((a, b) => b.spans - a.spans || (a.value < b.value ? -1 : 1))
    .slice(0, mostKeys);
}

/** The group of a span for a key; null where it has none. */
export function groupOf(by: string, trace: Trace, layout: TraceLayout): (position: number) => string | null {
  const spanAt = (position: number) => layout.nodes[position]!.span;
  if (by === 'service') return (position) => spanAt(position).service;
  if (by === 'kind') return (position) => spanAt(position).kind;
  if (by === 'operation') {
    return (position) => {
      const { service, name } = spanAt(position);
      return `${service}\u0000${name.slice(0, mostCharacters)}`;
    };
  }
  const ofSpan = by.startsWith('span.');
  const key = by.replace(/^(?:span|resource)\./, '');
  return (position) => {
    const span = spanAt(position);
    const attributes = ofSpan ? span.attributes : (trace.resources[span.resource]?.attributes ?? []);
    const value = attributes.find((attribute) => attribute.key === key)?.value;
    if (value === undefined) return null;
    return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, mostCharacters);
  };
}
