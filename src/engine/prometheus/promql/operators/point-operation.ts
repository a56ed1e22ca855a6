import type { BinaryOperation } from '../syntax/ast';
import { ARITHMETIC, COMPARISON } from './arithmetic';

/** What an operator makes of two values; undefined where a comparison filters the pair out. `kept` is what a filter keeps. */
export type PointOperation = (left: number, right: number, kept: number) => number | undefined;

export function pointOperationOf({ operator, returnBool }: BinaryOperation): PointOperation {
  const compute = ARITHMETIC[operator];
  if (compute) return compute;
  const compare = COMPARISON[operator]!;
  if (returnBool) return (left, right) => (compare(left, right) ? 1 : 0);
  return (left, right, kept) => (compare(left, right) ? kept : undefined);
}

/** Whether results lose the metric's name: all but those of a filtering comparison. */
export function dropsName({ operator, returnBool }: BinaryOperation): boolean {
  return returnBool || operator in ARITHMETIC;
}
