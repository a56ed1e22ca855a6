/** The evaluation times of a query or subquery: `count` steps from `startMs`, `stepMs` apart. */
export interface StepGrid {
  readonly startMs: number;
  readonly stepMs: number;
  readonly count: number;
}

/** All steps from `startMs` to at most `endMs`. */
export function createStepGrid(startMs: number, endMs: number, stepMs: number): StepGrid {
  return { startMs, stepMs, count: Math.max(0, Math.floor((endMs - startMs) / stepMs) + 1) };
}

export function lastTimeOf(grid: StepGrid): number {
  return grid.startMs + (grid.count - 1) * grid.stepMs;
}
