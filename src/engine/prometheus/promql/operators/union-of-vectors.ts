import type { EvaluationContext } from '../evaluation/evaluation-context';
import { mapSeries } from '../evaluation/map-series';
import type { BinaryOperation } from '../syntax/ast';
import { keyOfLabels } from '../values/labels';
import { uniteSeries } from '../values/unite-series';
import { isEmptySeries, type StepSeries, type VectorValue } from '../values/value';
import { keepWhere } from './combine-sets';
import { type LabelsOf, matchLabels } from './match-key';

/**
 * What a chain of `or` gives: of each operand the series at the steps at which none before it had one with its match labels.
 * An operand costs what it has itself, not what came before it.
 */
export class UnionOfVectors {
  private readonly series: StepSeries[] = [];
  private readonly presence = new Map<string, Uint8Array>();
  private readonly labelsOf: LabelsOf;
  private kept = 0;

  constructor(
    { matching }: BinaryOperation,
    private readonly steps: number,
    private readonly context: EvaluationContext,
  ) {
    this.labelsOf = matchLabels(matching);
  }

  async add({ series }: VectorValue): Promise<void> {
    const { context, presence, steps } = this;
    const kept = await mapSeries(series, context, (one) => {
      const other = presence.get(this.keyOf(one));
      return other ? keepWhere(one, (step) => other[step] === 0) : one;
    });
    // Series of one operand do not hide each other.
    for (const one of kept) {
      if (context.pace.isDueAfter(steps)) await context.pace.turn();
      if (isEmptySeries(one)) continue;
      this.series.push(one);
      const key = this.keyOf(one);
      const any = presence.get(key);
      if (!any) presence.set(key, one.present.slice());
      else for (let step = 0; step < steps; step++) any[step]! |= one.present[step]!;
    }
    const added = this.series.length * steps - this.kept;
    context.budget.keep(added);
    this.kept += added;
  }

  /** Fails where two series became one. */
  async result(): Promise<VectorValue> {
    this.context.budget.drop(this.kept);
    return { type: 'vector', series: await uniteSeries(this.series, this.context.pace) };
  }

  private keyOf({ labels }: StepSeries): string {
    return keyOfLabels(this.labelsOf(labels));
  }
}
