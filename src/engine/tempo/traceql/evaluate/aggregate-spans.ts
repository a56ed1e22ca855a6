import type { Pace } from '../../../pace/pace';
import type { LoadedSpan, LoadedTrace } from '../../store/loaded-trace';
import type { Stage } from '../ast';
import { duration, exactNumberOf, float, int, type Static } from '../static-value';
import { evaluateField } from './evaluate-field';

/** The value of `count()`, `min()`, … over spans; undefined where no span has a number to look at. */
export async function aggregateSpans(
  { function: name, expression }: Extract<Stage, { type: 'aggregate' }>,
  spans: readonly LoadedSpan[],
  trace: LoadedTrace,
  pace: Pace,
): Promise<Static | undefined> {
  if (!expression) return int(BigInt(spans.length));
  const seen = new Extremes();
  for (const span of spans) {
    const value = evaluateField(expression, trace, span)[0];
    if (value) seen.add(value);
    if (pace.isDue()) await pace.turn();
  }
  return seen.value(name);
}

type Numeric = Extract<Static, { type: 'int' | 'float' | 'duration' }>;

/** What was seen of numbers: to the last digit while they are integers. */
class Extremes {
  private min: Numeric | undefined;
  private max: Numeric | undefined;
  private count = 0;
  private whole = 0n;
  private fractional = 0;
  private isWhole = true;

  add(value: Static): void {
    const number = exactNumberOf(value);
    if (number === undefined || Number.isNaN(number)) return;
    const numeric = value as Numeric;
    this.count++;
    if (typeof number === 'bigint') this.whole += number;
    else {
      this.isWhole = false;
      this.fractional += number;
    }
    if (!this.min || numeric.value < this.min.value) this.min = numeric;
    if (!this.max || numeric.value > this.max.value) this.max = numeric;
  }

  value(name: 'count' | 'min' | 'max' | 'avg' | 'sum'): Static | undefined {
    if (!this.min || !this.max) return undefined;
    if (name === 'min') return this.min;
    if (name === 'max') return this.max;
    const isDuration = this.isWhole && this.min.type === 'duration';
    const sum = Number(this.whole) + this.fractional;
    if (name === 'avg') return isDuration ? duration(this.whole / BigInt(this.count)) : float(sum / this.count);
    // What is more than 64 bits has no place in an integer of the answer.
    if (!this.isWhole || BigInt.asIntN(64, this.whole) !== this.whole) return float(sum);
    return isDuration ? duration(this.whole) : int(this.whole);
  }
}
