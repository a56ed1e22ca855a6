import type { Annotations } from '../evaluation/annotations';
import { equalHistograms } from '../histogram/equal-histograms';
import { resetsCollide } from '../histogram/fold-histograms';
import { HistogramSum } from '../histogram/histogram-sum';
import type { NativeHistogram } from '../histogram/native-histogram';
import { divideHistogram, multiplyHistogram } from '../histogram/scale-histogram';
import type { BinaryOperation } from '../syntax/ast';
import type { Sample } from '../terms/sample-source';
import { pointOperationOf } from './point-operation';

/** What an operator makes of two samples; undefined where there is no result. `kept` is what a filter keeps. */
type SampleOperation = (left: Sample, right: Sample, kept: Sample) => Sample | undefined;

/** The operation for samples of which some are histograms. Kinds that it cannot join give no result, and a note. */
export function sampleOperationOf(expression: BinaryOperation, annotations: Annotations): SampleOperation {
  const { operator, returnBool, from } = expression;
  const ofFloats = pointOperationOf(expression);
  const incompatible = (left: Sample, right: Sample): undefined => {
    const kinds = `${kindOf(left)} ${operator} ${kindOf(right)}`;
    annotations.inform(
      `incompatible sample types encountered for binary operator ${JSON.stringify(operator)}: ${kinds}`,
      from,
    );
    return undefined;
  };
  const add = (left: NativeHistogram, right: NativeHistogram): NativeHistogram => {
    const isSum = operator === '+';
    if (resetsCollide([left, right])) {
      annotations.warn(`conflicting counter resets during histogram ${isSum ? 'addition' : 'subtraction'}`, from);
    }
    const sum = new HistogramSum(left);
    sum.add(right, isSum ? 1 : -1);
    return isSum ? sum.result() : sum.result('gauge');
  };
  return (left, right, kept) => {
    if (typeof left === 'number' && typeof right === 'number') {
      // A filter keeps a float here: both are floats.
      return ofFloats(left, right, kept as number);
    }
    if (typeof left === 'number') {
      return operator === '*' && typeof right === 'object' ? multiplyHistogram(right, left) : incompatible(left, right);
    }
    if (typeof right === 'number') {
      if (operator === '*') return multiplyHistogram(left, right);
      return operator === '/' ? divideHistogram(left, right) : incompatible(left, right);
    }
    if (operator === '+' || operator === '-') return add(left, right);
    if (operator !== '==' && operator !== '!=') return incompatible(left, right);
    const holds = equalHistograms(left, right) === (operator === '==');
    if (returnBool) return holds ? 1 : 0;
    return holds ? kept : undefined;
  };
}

function kindOf(sample: Sample): string {
  return typeof sample === 'number' ? 'float' : 'histogram';
}
