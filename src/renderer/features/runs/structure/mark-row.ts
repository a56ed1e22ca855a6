import { compareRates } from '../../../../shared/run-diff/compare-rates';
import type { RunChange } from '../../../../shared/runs/run-diff';
import type { RequestTree, ShapeRow } from './layout-shapes';

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
 * What a shape of two runs is marked with. Whether it is there, and how often, is seen in the summaries; what is worse, and
 * what latency counts, the difference has judged.
 */
export function markRow(row: ShapeRow, tree: RequestTree, changes: readonly RunChange[]): RowMark[] {
  const marks = new Map<string, RowMark>();
  const rate = markRate(row, tree);
  if (rate) marks.set(rate, { word: rate, worse: false });
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

/** By the measure of the difference, which tells of one cause once: an N+1 as a finding and not as calls, too. */
function markRate({ before, after }: ShapeRow, tree: RequestTree): 'more' | 'fewer' | null {
  if (!before || !after || !tree.before || !tree.after) return null;
  const was = { count: before.count, of: tree.before.count };
  const is = { count: after.count, of: tree.after.count };
  if (compareRates(was, is) !== 'different') return null;
  return is.count / is.of > was.count / was.of ? 'more' : 'fewer';
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
