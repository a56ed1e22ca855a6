import { describe, expect, it } from 'vitest';
import { Pace } from '../../../pace/pace';
import { absentOverTime } from '../functions/absent';
import type { NativeHistogram } from '../histogram/native-histogram';
import { SampleBudget } from '../terms/sample-budget';
import type { SelectedSeries } from '../terms/sample-source';
import { PROMETHEUS_3_RULES } from '../terms/semantic-rules';
import { createStepGrid } from '../values/step-grid';
import { Annotations } from './annotations';
import type { EvaluationContext } from './evaluation-context';
import type { RangeInput } from './range-input';
import { slideMixedWindow } from './slide-mixed-window';
import { slideWindow } from './slide-window';

/** Due after a fixed amount of work, whatever time it took. */
class CountedPace extends Pace {
  pauses = 0;
  #work = 0;

  override isDueAfter(work: number): boolean {
    this.#work += work;
    if (this.#work < 1000) return false;
    this.#work = 0;
    return true;
  }

  override async turn(): Promise<void> {
    await Promise.resolve();
    this.pauses++;
  }
}

const SAMPLES = 400;
const times = Float64Array.from({ length: SAMPLES }, (_, second) => second * 1000);
const series: SelectedSeries = { labels: [], times, values: new Float64Array(SAMPLES) };
const input: RangeInput = { series: [series], rangeMs: 100_000, offsetMs: 0, matchers: [] };
const grid = createStepGrid(0, SAMPLES * 1000, 1000);

function contextOf(pace: Pace): EvaluationContext {
  return {
    queryStartMs: 0,
    queryEndMs: SAMPLES * 1000,
    lookbackMs: 300_000,
    subqueryStepMs: 60_000,
    rules: PROMETHEUS_3_RULES,
    samples: new Map(),
    annotations: new Annotations(''),
    pace,
    budget: new SampleBudget(1_000_000),
    counts: { queryable: 0 },
  };
}

describe('windows of one series', () => {
  it.each([
    ['of floats', (context: EvaluationContext) => slideWindow(series, input, grid, context, () => 1, [])],
    ['whose absence is asked for', (context: EvaluationContext) => absentOverTime(input, grid, context)],
    [
      'with a histogram',
      (context: EvaluationContext) => {
        const histograms = Array<NativeHistogram | undefined>(SAMPLES).fill(undefined);
        return slideMixedWindow({ ...series, histograms }, input, grid, context, () => 1, []);
      },
    ],
  ])('%s pause by the samples that they hold', async (_name, slide) => {
    const pace = new CountedPace();
    const context = contextOf(pace);
    await slide(context);
    expect(context.counts.queryable).toBeGreaterThan(30_000);
    expect(pace.pauses).toBeGreaterThan(30);
  });
});
