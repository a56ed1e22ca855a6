/** What is remembered of the newest point of a series; of a histogram or a summary, under its `_count`. */
export interface PointState {
  /** 0 where there may be no more series. */
  readonly series: number;
  /** Of the newest point; -Infinity before the first. */
  timeMs: number;
  /** Its value, or its count. */
  value: number;
  /** Since when the newest cumulative point counts; 0 where that is not known. */
  startMs: number;
}

/** A counter that began longer ago than this, before anything was received, shows no increase from zero. */
const BEGINNING_REACH_MS = 3_600_000;

/** The states of all series that points have come for in this process. */
export class PointStates {
  private readonly states = new Map<number, PointState>();

  of(series: number): PointState {
    let state = this.states.get(series);
    if (state === undefined) {
      state = { series, timeMs: Number.NEGATIVE_INFINITY, value: 0, startMs: 0 };
      if (series !== 0) this.states.set(series, state);
    }
    return state;
  }

  forget(gone: Iterable<number>): void {
    for (const series of gone) this.states.delete(series);
  }
}

/**
 * Notes a cumulative point's start; answers when the counter was zero, or 0 where that tells nothing new. `sinceMs`: when
 * the first request was received. It was zero right after the start: at the start itself the process before may have left its last value.
 */
export function beginningOf(state: PointState, startMs: number, timeMs: number, sinceMs: number): number {
  if (startMs === state.startMs) return 0;
  state.startMs = startMs;
  const zeroMs = startMs + 1;
  const isNew = startMs > 0 && zeroMs < timeMs && zeroMs > state.timeMs;
  return isNew && startMs > sinceMs - BEGINNING_REACH_MS ? zeroMs : 0;
}

/** Notes a point; false where the series has another one at this very time, which then stays. */
export function isFirstAt(state: PointState, timeMs: number, value: number): boolean {
  if (timeMs === state.timeMs) return false;
  if (timeMs > state.timeMs) {
    state.timeMs = timeMs;
    state.value = value;
  }
  return true;
}
