import type { RunChange } from '../../../../shared/runs/run-diff';
import type { ShapeRow } from './layout-shapes';

export interface RowMark {
  word: string;
  worse: boolean;
}

/** Of one shape: what the difference says of it. Others tell of logs, metrics and findings. */
const words: Partial<Record<RunChange['kind'], string>> = {
  'new-span': 'new',
  'gone-span': 'gone',
  'new-errors': 'new errors',
  'fewer-errors': 'fewer errors',
  'more-retries': 'more retries',
  'fewer-retries': 'fewer retries',
  'more-queries': 'more',
  'fewer-queries': 'fewer',
  'more-spans': 'more',
  'fewer-spans': 'fewer',
  slower: 'slower',
  faster: 'faster',
};

/**
 * What a shape of two runs is marked with. Whether it is there is seen in the summaries; what is a difference that counts,
 * and whether it is worse, the difference has judged.
 */
export function markRow(row: ShapeRow, changes: readonly RunChange[]): RowMark[] {
  const marks = new Map<string, RowMark>();
  if (!row.before) marks.set('new', { word: 'new', worse: false });
  if (!row.after) marks.set('gone', { word: 'gone', worse: false });
  for (const { kind, worse, service, request, subject } of changes) {
    const word = words[kind];
    if (word === undefined || service !== row.service || subject !== row.name) continue;
    if (request !== '' && request !== row.request) continue;
    // Of several shapes of one name only those that have changed so.
    if (!goesWith(kind, row)) continue;
    marks.set(word, { word, worse: worse || (marks.get(word)?.worse ?? false) });
  }
  return [...marks.values()];
}

function goesWith(kind: RunChange['kind'], { before, after }: ShapeRow): boolean {
  const rose = (read: (side: NonNullable<typeof before>) => number) =>
    (after ? read(after) : 0) - (before ? read(before) : 0);
  switch (kind) {
    case 'new-span':
      return !before;
    case 'gone-span':
      return !after;
    case 'new-errors':
      return rose(({ errors }) => errors) > 0;
    case 'fewer-errors':
      return rose(({ errors }) => errors) < 0;
    case 'more-retries':
      return rose(({ retries }) => retries) > 0;
    case 'fewer-retries':
      return rose(({ retries }) => retries) < 0;
    case 'slower':
    case 'faster':
      return before !== undefined && after !== undefined;
    default:
      return before?.count !== after?.count;
  }
}
