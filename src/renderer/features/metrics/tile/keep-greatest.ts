import type { Series } from '../../../../shared/contract/telemetry';

/** The series with numbers, at most so many: those whose greatest value is greatest; and how many were left. */
export function keepGreatest(series: readonly Series[], most: number): { series: readonly Series[]; left: number } {
  const drawn = series.filter(({ values }) => values.some(([, value]) => Number.isFinite(Number(value))));
  if (drawn.length <= most) return { series: drawn, left: 0 };
  const ranked = drawn.map((each) => ({ each, greatest: greatestOf(each) })).sort((a, b) => b.greatest - a.greatest);
  const kept = new Set(ranked.slice(0, most).map(({ each }) => each));
  return { series: drawn.filter((each) => kept.has(each)), left: drawn.length - most };
}

function greatestOf({ values }: Series): number {
  let greatest = Number.NEGATIVE_INFINITY;
  for (const [, text] of values) {
    const value = Number(text);
    if (Number.isFinite(value) && value > greatest) greatest = value;
  }
  return greatest;
}
