import { type ExplainRequest, isOtherWindow, type SignalExplanation } from '../../shared/explain/explain-request';
import { explainRows } from '../../shared/explain/explain-rows';
import type { OperationTally } from '../../shared/explain/rank-operations';
import { inTurns } from '../pace/in-turns';
import { Pace } from '../pace/pace';
import type { StoreReader } from '../store/reader/reader';
import type { SeqWindow } from '../tempo/search/span-condition';
import { collectSpanValues, LEAST_ROWS } from './collect-span-values';
import { countOperations, type OperationCounts } from './count-operations';
import type { ExplainReaders } from './explain-readers';
import { isNamedBy } from './is-named-by';
import { planSample } from './plan-sample';
import { type SampledSpans, sampleSpans } from './sample-spans';
import { sampleTemplates } from './sample-templates';
import { compileSpanPopulation, type SpanPopulation } from './span-population';

/** What differs between two populations of spans, in memory that does not grow with them. Rejects with the signal's reason. */
export async function explainSpans(
  { tempo, loki }: ExplainReaders,
  request: ExplainRequest,
  signal: AbortSignal,
): Promise<SignalExplanation> {
  const selection = await compileSpanPopulation(tempo, request.selection, signal);
  const against = await compileSpanPopulation(tempo, request.against, signal);
  const populations = { selection, against };
  const window = await rowsOf(tempo, populations, signal);
  const counts = await countOperations(tempo, populations, window, signal);
  const plan = planSample(counts);
  const spans = await sampleSpans(tempo, populations, window, counts, plan, counts.byName, signal);
  const [{ collector, hidden }, templates] = await Promise.all([
    collectSpanValues(tempo, spans, signal),
    sampleTemplates(loki, request, spans, signal),
  ]);
  const pace = new Pace(signal);
  const gathered = {
    signal: 'traces' as const,
    rows: await inTurns(collector.finish(LEAST_ROWS), pace),
    operations: tallyOperations(counts, spans),
    templates: templates && { tally: templates.tally, exposure: templates.exposure },
    isNamed: isNamedBy([...selection.fields, ...against.fields], request),
    chosenBy: chosenBy(request),
  };
  const found = await inTurns(explainRows(gathered), pace);
  const sum = (of: 'selection' | 'against') =>
    counts.operations.reduce((total, operation) => total + operation[of].count, 0);
  const looked = spans.chosen.reduce((total, chosen) => total + chosen, 0);
  return {
    ...{ signal: 'traces', ...found, hidden: hidden.list() },
    selection: { count: sum('selection'), looked, window: request.selection.window },
    against: { count: sum('against'), looked: spans.count - looked, window: request.against.window },
    leftOut: [
      ...new Set(
        [selection.leftOut, against.leftOut, ...(templates?.leftOut ?? [])].filter((sentence) => sentence !== null),
      ),
      ...unseen(counts, plan.leftOut),
    ],
  };
}

/** Arrived rows that can be of either. */
async function rowsOf(
  { database }: StoreReader,
  { selection, against }: { selection: SpanPopulation; against: SpanPopulation },
  signal: AbortSignal,
): Promise<SeqWindow> {
  const within = ({ startNs, endNs }: SpanPopulation) =>
    `(start_ns >= ${startNs}::UBIGINT AND start_ns < ${endNs}::UBIGINT)`;
  const [row] = await database.rows<{ first: bigint | null; last: bigint | null }>(
    `SELECT min(seq) AS first, max(seq) AS last FROM spans WHERE ${within(selection)} OR ${within(against)}`,
    [],
    { signal },
  );
  return row?.first == null || row.last == null ? { from: 0n, to: 0n } : { from: row.first, to: row.last + 1n };
}

function tallyOperations({ operations }: OperationCounts, spans: SampledSpans): OperationTally[] {
  const durations = operations.map(() => [[], []] as [against: number[], selection: number[]]);
  for (let row = 0; row < spans.count; row++) {
    const duration = spans.durationNs[row]!;
    if (duration >= 0) durations[spans.operation[row]!]![spans.chosen[row]! as 0 | 1].push(duration);
  }
  return operations.map(({ selection, against, ...operation }, at) => ({
    ...operation,
    selection: { ...selection, durations: Float64Array.from(durations[at]![1]).sort() },
    against: { ...against, durations: Float64Array.from(durations[at]![0]).sort() },
  }));
}

/** What one of the two is chosen by, and the other not in the same way. */
function chosenBy(request: ExplainRequest) {
  const { selection, against } = request;
  const asked = (population: ExplainRequest['selection']) => population.query ?? '';
  const isAnother = asked(selection) !== asked(against);
  const named = `${asked(selection)} ${asked(against)}`;
  return {
    part: !isOtherWindow(request),
    errors: selection.errors !== against.errors || (isAnother && /\bstatus/.test(named)),
    durations:
      selection.slowerThanMs !== against.slowerThanMs ||
      selection.fasterThanMs !== against.fasterThanMs ||
      (isAnother && /\bduration/.test(named)),
  };
}

function unseen({ operations, byName }: OperationCounts, leftOut: number): string[] {
  const total = operations.reduce((sum, { selection }) => sum + selection.count, 0);
  const alone = operations.reduce(
    (sum, { selection, against }) => sum + (against.count === 0 ? selection.count : 0),
    0,
  );
  return [
    ...(byName ? [] : ['There are too many names of spans: they are held against others of their service and kind.']),
    ...(leftOut > 0 ? [`Attributes of ${leftOut} rarer operations of the selection were not looked at.`] : []),
    ...(total > 0 && alone > 0 && alone < total
      ? [
          `${alone} of ${total} spans are of operations that only the selection has: their attributes are held against none.`,
        ]
      : []),
    ...(total > 0 && alone === total
      ? ['No operation is in both: their attributes cannot be held against each other.']
      : []),
  ];
}
