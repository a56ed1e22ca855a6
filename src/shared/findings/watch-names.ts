import type { Evidence } from '../runs/finding';
import { BoundedTable } from '../shapes/bounded-table';
import { normalizeName } from '../shapes/normalize-name';
import type { TraceView } from '../shapes/trace-view';
import { evidenceOf } from './evidence-of';
import { quoted } from './place-of';
import type { Sighting } from './sighting';

const leastNames = 20;
const mostKinds = 1000;

interface Names {
  readonly service: string;
  readonly name: string;
  /** No more than are needed to judge. */
  readonly distinct: Set<string>;
  spans: number;
  evidence: Evidence;
}

/** Names of spans that hold ids or values: 20 or more that are one when these are taken away. */
export class NamesWatch {
  readonly #names = new BoundedTable<Names>(mostKinds);

  add(view: TraceView): void {
    for (const [position, { span }] of view.layout.nodes.entries()) {
      const name = normalizeName(span.name);
      if (name === span.name) continue;
      const row = this.#names.at(`${span.service}\u0000${name}`, () => ({
        service: span.service,
        name,
        ...{ distinct: new Set<string>(), spans: 0 },
        evidence: evidenceOf(view, [position]),
      }));
      if (!row) continue;
      row.spans++;
      if (row.distinct.size < leastNames) row.distinct.add(span.name);
      const evidence = row.evidence;
      if (
        span.startNs.length < evidence.startNs.length ||
        (span.startNs < evidence.startNs && span.startNs.length === evidence.startNs.length)
      )
        row.evidence = evidenceOf(view, [position]);
    }
  }

  finish(): Sighting[] {
    return this.#names.entries().flatMap(([, { service, name, distinct, spans, evidence }]): Sighting[] =>
      distinct.size < leastNames
        ? []
        : [
            {
              rule: 'many-names',
              severity: 'hint',
              service,
              sentence: `${leastNames} or more names of spans are one kind: ${quoted(name)}`,
              advice: 'Name the span by its kind (the route, the operation) and put ids and values into attributes.',
              key: [name],
              weight: 1,
              evidence: { ...evidence, count: spans },
            },
          ],
    );
  }
}
