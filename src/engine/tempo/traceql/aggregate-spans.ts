import type { Pace } from '../pace';
import type { LoadedSpan, LoadedTrace } from '../store/loaded-trace';
import type { Stage } from './ast';
import { evaluateField } from './evaluate-field';
import { duration, float, int, numberOf, type Static } from './static-value';

/** The value of `count()`, `min()`, … over spans; undefined where no span has a number to look at. */
export async function aggregateSpans(
  { function: name, expression }: Extract<Stage, { type: 'aggregate' }>,
  spans: readonly LoadedSpan[],
  trace: LoadedTrace,
  pace: Pace,
): Promise<Static | undefined> {
  if (!expression) return int(spans.length);
  let type: 'int' | 'float' | 'duration' | undefined;
  let [count, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const span of spans) {
    const value = evaluateField(expression, trace, span)[0];
    const number = value ? numberOf(value) : Number.NaN;
    if (!Number.isNaN(number)) {
      type ??= value!.type as 'int' | 'float' | 'duration';
      count++;
      sum += number;
      min = Math.min(min, number);
      max = Math.max(max, number);
    }
    if (pace.isDue()) await pace.turn();
  }
  if (type === undefined) return undefined;
  switch (name) {
    case 'min':
      return { type, value: min };
    case 'max':
      return { type, value: max };
    case 'sum':
      return { type, value: sum };
    default:
      return type === 'duration' ? duration(Math.trunc(sum / count)) : float(sum / count);
  }
}
