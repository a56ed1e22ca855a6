import type { Evidence } from '../runs/finding';
import { BoundedTable } from '../shapes/bounded-table';
import { normalizeName } from '../shapes/normalize-name';
import type { TraceView } from '../shapes/trace-view';
import { evidenceOf } from './evidence-of';
import { quoted } from './place-of';
import type { Sighting } from './sighting';

const leastNames = 20;
const mostKinds = 1000;

/** Spans of one service whose names are one kind. */
export interface Names {
  readonly service: string;
  readonly name: string;
  /** No more than are needed to judge. */
  readonly distinct: ReadonlySet<string>;
  readonly spans: number;
  /** Of the first. */
  readonly evidence: Evidence;
}

/** Those of a trace whose names hold ids or values. */
export function namesOf(view: TraceView): Names[] {
  const { nodes } = view.layout;
  const positions = new Map<string, number[]>();
  for (let position = 0; position < nodes.length; position++) {
    const { span } = nodes[position]!;
    const name = normalizeName(span.name);
    if (name === span.name) continue;
    const key = `${span.service}\u0000${name}`;
    const known = positions.get(key);
    if (known) known.push(position);
    else positions.set(key, [position]);
  }
  return [...positions].map(([key, of]) => {
    const first = of.reduce((earliest, at) => (nodes[at]!.start < nodes[earliest]!.start ? at : earliest));
    const at = key.indexOf('\u0000');
    return {
      ...{ service: key.slice(0, at), name: key.slice(at + 1), spans: of.length },
      distinct: distinctOf(of.map((position) => nodes[position]!.span.name)),
      evidence: evidenceOf(view, [first]),
    };
  });
}

/** No more than are needed to judge. */
function distinctOf(names: readonly string[]): Set<string> {
  const distinct = new Set<string>();
  for (const name of names) if (distinct.size < leastNames) distinct.add(name);
  return distinct;
}

/** Names of spans that hold ids or values: 20 or more that are one when these are taken away. */
export class NamesWatch {
  readonly #names = new BoundedTable<{ distinct: Set<string>; spans: number; first: Names }>(mostKinds);

  add(names: Names): void {
    this.#add(`${names.service}\u0000${names.name}`, names, names);
  }

  /** What another has of other traces. */
  addAll(other: NamesWatch): void {
    for (const [key, row] of other.#names.held()) this.#add(key, row, row.first);
  }

  #add(key: string, { distinct, spans }: Pick<Names, 'distinct' | 'spans'>, first: Names): void {
    const row = this.#names.at(key, () => ({ distinct: new Set(), spans: 0, first }));
    if (!row) return;
    row.spans += spans;
    for (const name of distinct) if (row.distinct.size < leastNames) row.distinct.add(name);
    if (isEarlier(first.evidence, row.first.evidence)) row.first = first;
  }

  finish(): Sighting[] {
    return this.#names.entries().flatMap(([, { distinct, spans, first }]): Sighting[] =>
      distinct.size < leastNames
        ? []
        : [
            {
              rule: 'many-names',
              severity: 'hint',
              service: first.service,
              sentence: `${leastNames} or more names of spans are one kind: ${quoted(first.name)}`,
              advice: 'Name the span by its kind (the route, the operation) and put ids and values into attributes.',
              key: [first.name],
              weight: 1,
              evidence: { ...first.evidence, count: spans },
            },
          ],
    );
  }
}

/** Of two that began at the same time the one whose trace has the lesser id: the same one in whatever order they come. */
function isEarlier(a: Evidence, b: Evidence): boolean {
  if (a.startNs.length !== b.startNs.length) return a.startNs.length < b.startNs.length;
  return a.startNs < b.startNs || (a.startNs === b.startNs && a.traceId < b.traceId);
}
