import { labelOf, type TraceView } from '../../shapes/trace-view';
import { evidenceOf } from '../evidence-of';
import { lostParents } from '../lost-parents';
import { placeOf, quoted } from '../place-of';
import type { Sighting } from '../sighting';

/** Spans without an end, and spans whose parent of the same program was never sent: it was not ended. */
export function findUnclosedSpans(view: TraceView): Sighting[] {
  const open: Sighting[] = [];
  for (const [position, { span }] of view.layout.nodes.entries())
    if (span.timing === 'unfinished')
      open.push(make(view, [position], `${placeOf(view, position)} was sent without an end`, labelOf(view, position)));
  const parents = lostParents(view).filter(({ local }) => local);
  return [
    ...open,
    ...parents.map(({ positions }) => {
      const names = [...new Set(positions.map((at) => labelOf(view, at)))].sort();
      const below = `${placeOf(view, positions[0]!)}${names.length > 1 ? ` and ${names.length - 1} more` : ''}`;
      return make(
        view,
        positions,
        `The span above ${quoted(below)} was never sent: it may not have been ended`,
        ...names,
      );
    }),
  ];
}

function make(view: TraceView, positions: readonly number[], sentence: string, ...key: string[]): Sighting {
  return {
    rule: 'unclosed-span',
    severity: 'problem',
    service: view.layout.nodes[positions[0]!]!.span.service,
    sentence,
    advice: 'End the span on every way out, also where an error is thrown, and flush before the program ends.',
    key,
    weight: positions.length,
    evidence: evidenceOf(view, positions),
  };
}
