import { compareTexts } from '../compare-texts';
import type { OperationDifference } from '../contract/explain';
import { effectOf } from './effect-of';
import { sumTail } from './sum-tail';

const leastEffect = 0.2;
const mostChance = 0.01;
/** A median that moved by so much, and so many nanoseconds, is told. */
const leastRatio = 1.5;
const leastNs = 2e6;
/** Durations from which a median is believed. */
const fewDurations = 8;

interface OperationSideTally {
  readonly count: number;
  readonly errors: number;
  /** Of those that were looked at, nanoseconds, ascending. */
  readonly durations: ArrayLike<number>;
}

export interface OperationTally {
  readonly service: string;
  readonly name: string;
  readonly kind: string;
  readonly selection: OperationSideTally;
  readonly against: OperationSideTally;
}

/** What a population is chosen by differs of necessity; of one that is chosen out of all, what it has less of says nothing. */
export interface ChosenBy {
  readonly errors: boolean;
  readonly durations: boolean;
  readonly part: boolean;
}

/** Operations whose part in the selection, errors or durations are others than in what it is held against. */
export function rankOperations(
  operations: readonly OperationTally[],
  chosenBy: ChosenBy,
  most: number,
): OperationDifference[] {
  const totals = {
    selection: operations.reduce((sum, { selection }) => sum + selection.count, 0),
    against: operations.reduce((sum, { against }) => sum + against.count, 0),
  };
  if (totals.selection === 0 || totals.against === 0) return [];
  return operations
    .map((operation): OperationDifference => {
      const { service, name, kind } = operation;
      const selection = sideOf(operation.selection, totals.selection);
      const against = sideOf(operation.against, totals.against);
      const effect = Math.max(
        chosenBy.part && selection.share < against.share ? 0 : shareEffect(operation, totals, operations.length),
        chosenBy.errors ? 0 : errorEffect(operation, operations.length),
        chosenBy.durations ? 0 : durationEffect(operation),
      );
      return { service, name, kind, selection, against, effect };
    })
    .filter(({ effect }) => effect >= leastEffect)
    .sort(
      (a, b) =>
        b.effect - a.effect ||
        compareTexts(a.service, b.service) ||
        compareTexts(a.name, b.name) ||
        compareTexts(a.kind, b.kind),
    )
    .slice(0, most);
}

function sideOf({ count, errors, durations }: OperationSideTally, total: number): OperationDifference['selection'] {
  const at = (part: number) => durations[Math.min(durations.length - 1, Math.floor(part * durations.length))] ?? null;
  return { count, share: count / total, errors, medianNs: at(0.5), p95Ns: at(0.95) };
}

function shareEffect(
  { selection, against }: OperationTally,
  totals: { selection: number; against: number },
  tested: number,
): number {
  return differing(
    { having: selection.count, of: totals.selection },
    { having: against.count, of: totals.against },
    tested,
  );
}

function errorEffect({ selection, against }: OperationTally, tested: number): number {
  if (selection.count === 0 || against.count === 0) return 0;
  return differing(
    { having: selection.errors, of: selection.count },
    { having: against.errors, of: against.count },
    tested,
  );
}

interface Part {
  readonly having: number;
  readonly of: number;
}

function differing(selection: Part, against: Part, tested: number): number {
  const effect = Math.abs(effectOf(selection.having / selection.of, against.having / against.of));
  if (effect < leastEffect) return 0;
  const draw = { all: selection.of + against.of, chosen: selection.of, having: selection.having + against.having };
  return sumTail([draw], selection.having, 1) * tested < mostChance ? effect : 0;
}

/** As Cohen's h: nothing at equal medians, about 1 at three times as much. */
function durationEffect({ selection, against }: OperationTally): number {
  if (selection.durations.length < fewDurations || against.durations.length < fewDurations) return 0;
  const [is, was] = [
    selection.durations[selection.durations.length >>> 1]!,
    against.durations[against.durations.length >>> 1]!,
  ];
  if (Math.abs(is - was) < leastNs) return 0;
  const ratio = Math.max(is, was) / Math.max(1, Math.min(is, was));
  return ratio < leastRatio ? 0 : Math.min(Math.PI, Math.log(ratio));
}
