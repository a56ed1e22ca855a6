import { quoted } from '../findings/place-of';
import { groupBy } from '../group-by';
import type { RunChange } from '../runs/run-diff';
import { labelOfShape, type ShapePair } from './index-shapes';
import { changeOf, example } from './make-change';

export interface Moved {
  readonly changes: readonly RunChange[];
  /** Both halves: gone from one place, new in the other. */
  readonly pairs: ReadonlySet<ShapePair>;
}

/** Spans that stand below another parent than before, or begin traces of their own where they had a parent: a lost context. */
export function findMoved(pairs: Iterable<ShapePair>): Moved {
  const loose = groupBy(
    [...pairs].filter(({ before, after }) => !before !== !after),
    ({ shape }) => labelOfShape(shape),
  );
  const changes: RunChange[] = [];
  const moved = new Set<ShapePair>();
  for (const group of loose.values()) {
    const gone = group.filter(({ after }) => !after);
    const come = group.filter(({ before }) => !before);
    if (gone.length === 0 || come.length === 0) continue;
    for (const pair of group) moved.add(pair);
    const [from, to] = [gone[0]!, come[0]!];
    const detail = tell(from, to);
    if (detail === null) continue;
    changes.push({
      ...changeOf(to, {
        kind: 'new-span',
        worse: detail.lost,
        sentence: detail.sentence,
        before: from.before?.count ?? null,
        after: to.after?.count ?? null,
      }),
      examples: { ...example('before', from.before?.examples[0]), ...example('after', to.after?.examples[0]) },
    });
  }
  return { changes, pairs: moved };
}

/** Null: it only went along with what is above it. */
function tell({ shape: from }: ShapePair, { shape: to }: ShapePair): { sentence: string; lost: boolean } | null {
  const name = quoted(to.name);
  if (to.parent === '' && from.parent !== '')
    return {
      sentence: `${quoted(to.service)} ${name} begins traces of its own; before it was called in ${quoted(from.request, 60)}: the context is lost between them`,
      lost: true,
    };
  if (to.parent === from.parent) return null;
  if (to.parent === '') return { sentence: `${name} is the root now`, lost: false };
  const before = from.parent === '' ? 'the root' : `below ${quoted(from.parent, 60)}`;
  return { sentence: `${name} stands below ${quoted(to.parent, 60)} now, before it was ${before}`, lost: false };
}
