import type { Explanation } from '../contract/explain';
import { compareTemplates, type Exposure } from './compare-templates';
import type { ExplainedRows, ValueRows } from './explained-rows';
import { findDifferences } from './find-differences';
import { isOutcome } from './is-outcome';
import { type ChosenBy, type OperationTally, rankOperations } from './rank-operations';
import type { TemplateTally } from './template-tally';

const most = { differences: 8, outcomes: 3, operations: 6, templates: 8 };
/** Were a value in all of the selection and in nothing else, chance would have to be less likely than this. */
const mostChance = 0.01;

export interface Gathered {
  readonly signal: 'traces' | 'logs';
  readonly rows: ExplainedRows;
  readonly operations: readonly OperationTally[];
  readonly templates: { readonly tally: TemplateTally; readonly exposure: Exposure } | null;
  /** Whether a query names the value's field: it differs of necessity. */
  readonly isNamed: (value: ValueRows['value']) => boolean;
  readonly chosenBy: ChosenBy;
}

type Found = Pick<Explanation, 'verdict' | 'operations' | 'differences' | 'outcomes' | 'templates'>;

/** What differs, of what was gathered. Yields the work done, in units of ten nanoseconds. */
export function* explainRows(gathered: Gathered): Generator<number, Found> {
  const { signal, rows, operations, templates, isNamed, chosenBy } = gathered;
  const values = rows.values.filter(({ value }) => !isNamed(value));
  const [ends, others] = [
    values.filter(({ value }) => isOutcome(value)),
    values.filter(({ value }) => !isOutcome(value)),
  ];
  const differences = yield* findDifferences(rows, others, { signal, most: most.differences });
  const outcomes = yield* findDifferences(rows, ends, { signal, most: most.outcomes, only: 'more' });
  const ranked = rankOperations(operations, chosenBy, most.operations);
  const lines = templates ? compareTemplates(templates.tally, templates.exposure, most.templates) : [];
  const found = { operations: ranked, differences, outcomes, templates: lines };
  if (Object.values(found).some(({ length }) => length > 0)) return { verdict: 'differs', ...found };
  return { verdict: isEnough(rows, values.length) ? 'alike' : 'too-few', ...found };
}

/** Whether a value of all of the selection, and of nothing else, could be told from chance. */
function isEnough(rows: ExplainedRows, tested: number): boolean {
  const seen = [new Set<number>(), new Set<number>()] as const;
  for (let row = 0; row < rows.count; row++) seen[rows.selected[row]! as 0 | 1].add(rows.cluster[row]!);
  const [against, selection] = [seen[0].size, seen[1].size];
  const fewer = Math.min(against, selection);
  // The probability to draw just these: 1 / (all over fewer).
  let logarithm = 0;
  for (let k = 1; k <= fewer && logarithm < 50; k++) logarithm += Math.log((against + selection - fewer + k) / k);
  return logarithm > Math.log((2 * Math.max(1, tested)) / mostChance);
}
