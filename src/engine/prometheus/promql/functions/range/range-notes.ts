import type { EvaluationContext } from '../../evaluation/evaluation-context';
import type { FunctionCall } from '../../syntax/ast';

/** The notes that a function over ranges may make about one series. */
export interface RangeNotes {
  mixed(): void;
  notCounter(): void;
  notGauge(): void;
  ignoredHistograms(): void;
  collidingResets(): void;
}

/** Notes about the series with this name, placed at the call's range. */
export function createRangeNotes(call: FunctionCall, name: string, { annotations }: EvaluationContext): RangeNotes {
  const at = call.args.at(-1)!.from;
  const quoted = JSON.stringify(name);
  return {
    mixed: () => annotations.warn(`encountered a mix of histograms and floats for metric name ${quoted}`, at),
    notCounter: () => annotations.warn(`this native histogram metric is not a counter: ${quoted}`, at),
    notGauge: () => annotations.warn(`this native histogram metric is not a gauge: ${quoted}`, at),
    ignoredHistograms: () =>
      annotations.inform(
        `ignored histograms in a range containing both floats and histograms for metric name ${quoted}`,
        at,
      ),
    collidingResets: () => annotations.warn('conflicting counter resets during histogram aggregation', at),
  };
}
