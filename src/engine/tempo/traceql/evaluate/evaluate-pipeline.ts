import type { Pace } from '../../../pace/pace';
import type { LoadedSpan, LoadedTrace } from '../../store/loaded-trace';
import { applyOperator } from '../apply-operator';
import type { FieldExpression, Stage } from '../ast';
import { formatExpression } from '../format-expression';
import { formatStatic, type Static } from '../static-value';
import { aggregateSpans } from './aggregate-spans';
import { evaluateField, matchesSpan } from './evaluate-field';
import { relateSpans } from './relate-spans';

export interface Spanset {
  readonly spans: readonly LoadedSpan[];
  /** What `by()` and the aggregates found, by their text in the query. */
  readonly attributes: ReadonlyMap<string, Static>;
}

/** The spansets of one trace that are left at the end of a pipeline. */
export function evaluatePipeline(
  stages: readonly Stage[],
  trace: LoadedTrace,
  pace: Pace,
): Promise<readonly Spanset[]> {
  return runStages(stages, [{ spans: trace.spans, attributes: new Map() }], trace, pace);
}

async function runStages(
  stages: readonly Stage[],
  input: readonly Spanset[],
  trace: LoadedTrace,
  pace: Pace,
): Promise<readonly Spanset[]> {
  let sets = input;
  for (const stage of stages) {
    if (sets.length === 0) return sets;
    sets = await runStage(stage, sets, trace, pace);
  }
  return sets;
}

async function runStage(
  stage: Stage,
  input: readonly Spanset[],
  trace: LoadedTrace,
  pace: Pace,
): Promise<readonly Spanset[]> {
  switch (stage.type) {
    case 'filter':
      return eachSet(input, pace, async (set) =>
        withSpans(set, await filterSpans(stage.expression, set.spans, trace, pace)),
      );
    case 'operation':
      return eachSet(input, pace, (set) => combine(stage, set, trace, pace));
    case 'pipeline':
      return runStages(stage.stages, input, trace, pace);
    case 'aggregate':
      return eachSet(input, pace, async (set) => {
        const value = await aggregateSpans(stage, set.spans, trace, pace);
        const kept = value && applyOperator(stage.operator, value, stage.value);
        if (!value || kept?.type !== 'boolean' || !kept.value) return [];
        const label = `${stage.function}(${stage.expression ? formatExpression(stage.expression) : ''})`;
        return [{ ...set, attributes: new Map([...set.attributes, [label, value]]) }];
      });
    case 'group':
      return eachSet(input, pace, (set) => group(stage.expression, set, trace, pace));
    case 'coalesce': {
      const spans = new Set<LoadedSpan>();
      for (const set of input) for (const span of set.spans) spans.add(span);
      return spans.size > 0 ? [{ spans: [...spans], attributes: new Map() }] : [];
    }
    case 'select':
      return input;
  }
}

async function eachSet(
  sets: readonly Spanset[],
  pace: Pace,
  run: (set: Spanset) => Promise<readonly Spanset[]>,
): Promise<Spanset[]> {
  const results: Spanset[] = [];
  for (const set of sets) {
    for (const result of await run(set)) results.push(result);
    if (pace.isDue()) await pace.turn();
  }
  return results;
}

function withSpans(set: Spanset, spans: readonly LoadedSpan[]): Spanset[] {
  return spans.length > 0 ? [{ ...set, spans }] : [];
}

async function filterSpans(
  expression: FieldExpression,
  spans: readonly LoadedSpan[],
  trace: LoadedTrace,
  pace: Pace,
): Promise<LoadedSpan[]> {
  const matching: LoadedSpan[] = [];
  for (const span of spans) {
    if (matchesSpan(expression, trace, span)) matching.push(span);
    if (pace.isDue()) await pace.turn();
  }
  return matching;
}

async function combine(
  stage: Extract<Stage, { type: 'operation' }>,
  set: Spanset,
  trace: LoadedTrace,
  pace: Pace,
): Promise<Spanset[]> {
  const left = (await runStage(stage.left, [set], trace, pace)).flatMap((side) => side.spans);
  const right = (await runStage(stage.right, [set], trace, pace)).flatMap((side) => side.spans);
  if (stage.operator === '&&' && (left.length === 0 || right.length === 0)) return [];
  if (stage.operator === '&&' || stage.operator === '||') return withSpans(set, [...new Set([...left, ...right])]);
  return withSpans(set, await relateSpans(stage.operator, left, right, trace, pace));
}

async function group(expression: FieldExpression, set: Spanset, trace: LoadedTrace, pace: Pace): Promise<Spanset[]> {
  const groups = new Map<string, { value: Static; spans: LoadedSpan[] }>();
  for (const span of set.spans) {
    const value = evaluateField(expression, trace, span)[0] ?? { type: 'nil' };
    const key = `${value.type}:${formatStatic(value)}`;
    const existing = groups.get(key);
    if (existing) existing.spans.push(span);
    else groups.set(key, { value, spans: [span] });
    if (pace.isDue()) await pace.turn();
  }
  const label = `by(${formatExpression(expression)})`;
  return Array.from(groups.values(), ({ value, spans }) => ({
    spans,
    attributes: new Map([...set.attributes, [label, value]]),
  }));
}
