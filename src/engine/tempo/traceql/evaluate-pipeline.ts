import type { LoadedSpan, LoadedTrace } from '../store/loaded-trace';
import { applyOperator } from './apply-operator';
import type { FieldExpression, Stage } from './ast';
import { evaluateField, matchesSpan } from './evaluate-field';
import { formatExpression } from './format-expression';
import { relateSpans } from './relate-spans';
import { duration, float, formatStatic, int, numberOf, type Static } from './static-value';

export interface Spanset {
  readonly spans: readonly LoadedSpan[];
  /** What `by()` and the aggregates found, by their text in the query. */
  readonly attributes: ReadonlyMap<string, Static>;
}

/** The spansets of one trace that are left at the end of a pipeline. */
export function evaluatePipeline(stages: readonly Stage[], trace: LoadedTrace): readonly Spanset[] {
  return stages.reduce((spansets, stage) => runStage(stage, spansets, trace), [
    { spans: trace.spans, attributes: new Map() },
  ] as readonly Spanset[]);
}

function runStage(stage: Stage, input: readonly Spanset[], trace: LoadedTrace): readonly Spanset[] {
  switch (stage.type) {
    case 'filter':
      return input.flatMap((set) =>
        withSpans(
          set,
          set.spans.filter((span) => matchesSpan(stage.expression, trace, span)),
        ),
      );
    case 'operation':
      return input.flatMap((set) => combine(stage, set, trace));
    case 'pipeline':
      return stage.stages.reduce((sets, inner) => runStage(inner, sets, trace), input);
    case 'aggregate':
      return input.flatMap((set) => {
        const value = aggregate(stage, set.spans, trace);
        const kept = value && applyOperator(stage.operator, value, stage.value);
        if (!value || kept?.type !== 'boolean' || !kept.value) return [];
        const label = `${stage.function}(${stage.expression ? formatExpression(stage.expression) : ''})`;
        return [{ ...set, attributes: new Map([...set.attributes, [label, value]]) }];
      });
    case 'group':
      return input.flatMap((set) => group(stage.expression, set, trace));
    case 'coalesce':
      return [{ spans: [...new Set(input.flatMap((set) => set.spans))], attributes: new Map<string, Static>() }].filter(
        (set) => set.spans.length > 0,
      );
    case 'select':
      return input;
  }
}

function withSpans(set: Spanset, spans: readonly LoadedSpan[]): Spanset[] {
  return spans.length > 0 ? [{ ...set, spans }] : [];
}

function combine(stage: Extract<Stage, { type: 'operation' }>, set: Spanset, trace: LoadedTrace): Spanset[] {
  const left = runStage(stage.left, [set], trace).flatMap((side) => side.spans);
  const right = runStage(stage.right, [set], trace).flatMap((side) => side.spans);
  if (stage.operator === '&&' && (left.length === 0 || right.length === 0)) return [];
  if (stage.operator === '&&' || stage.operator === '||') return withSpans(set, [...new Set([...left, ...right])]);
  return withSpans(set, relateSpans(stage.operator, left, right, trace));
}

function group(expression: FieldExpression, set: Spanset, trace: LoadedTrace): Spanset[] {
  const groups = new Map<string, { value: Static; spans: LoadedSpan[] }>();
  for (const span of set.spans) {
    const value = evaluateField(expression, trace, span)[0] ?? { type: 'nil' };
    const key = `${value.type}:${formatStatic(value)}`;
    const existing = groups.get(key);
    if (existing) existing.spans.push(span);
    else groups.set(key, { value, spans: [span] });
  }
  const label = `by(${formatExpression(expression)})`;
  return [...groups.values()].map(({ value, spans }) => ({
    spans,
    attributes: new Map([...set.attributes, [label, value]]),
  }));
}

function aggregate(
  stage: Extract<Stage, { type: 'aggregate' }>,
  spans: readonly LoadedSpan[],
  trace: LoadedTrace,
): Static | undefined {
  const { expression } = stage;
  if (!expression) return int(spans.length);
  const values = spans
    .flatMap((span) => evaluateField(expression, trace, span).slice(0, 1))
    .filter((value) => !Number.isNaN(numberOf(value)));
  const first = values[0];
  if (!first) return undefined;
  const numbers = values.map(numberOf);
  const sum = numbers.reduce((total, number) => total + number, 0);
  const type = first.type as 'int' | 'float' | 'duration';
  switch (stage.function) {
    case 'min':
      return { type, value: Math.min(...numbers) };
    case 'max':
      return { type, value: Math.max(...numbers) };
    case 'sum':
      return { type, value: sum };
    default:
      return type === 'duration' ? duration(Math.trunc(sum / values.length)) : float(sum / values.length);
  }
}
