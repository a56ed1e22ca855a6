import { FingerprintSet } from '../../repeats/fingerprint-set';
import { HIGH_SEED, LOW_SEED, spanFingerprint } from '../../repeats/span-fingerprint';
import type { PointState } from '../series/point-state';

/** Delta points of at least so many recent ones are known when they come again. */
const REMEMBERED = 500_000;
/** Answer of `timeOf` for a point that came before. */
export const CAME_BEFORE = 0;

export interface PointHash {
  readonly low: number;
  readonly high: number;
}

/**
 * Gives each delta the time of the sample that holds its total. A point that comes late does not change what is stored,
 * lest a counter falls: it counts one millisecond after the newest. A point that comes again counts once.
 */
export class DeltaClock {
  private readonly seen = new FingerprintSet(REMEMBERED);
  /** Series and times of points that came before the store was opened. */
  private readonly stored = new FingerprintSet(REMEMBERED);
  restore(series: number, timeMs: number): void {
    this.stored.add(...storedPrint(series, timeMs));
  }

  /**
   * Notes the point; answers Unix milliseconds, or `CAME_BEFORE`. `hash`: of the point's bytes, its resource and its scope;
   * null where it has no time of its own to be known by.
   */
  timeOf(state: PointState, timeMs: number, hash: PointHash | null): number {
    if (hash !== null) {
      const [low, high] = words(timeMs);
      const isNew = this.seen.add(
        spanFingerprint(LOW_SEED, state.series, low, high, hash.low, hash.high, 1, 0),
        spanFingerprint(HIGH_SEED, state.series, low, high, hash.low, hash.high, 1, 0),
      );
      if (timeMs <= state.timeMs && (!isNew || this.stored.has(...storedPrint(state.series, timeMs)))) {
        return CAME_BEFORE;
      }
    }
    state.timeMs = timeMs > state.timeMs ? timeMs : state.timeMs + 1;
    return state.timeMs;
  }
}

function storedPrint(series: number, timeMs: number): [low: number, high: number] {
  const [low, high] = words(timeMs);
  return [
    spanFingerprint(LOW_SEED, series, low, high, 0, 0, 0, 0),
    spanFingerprint(HIGH_SEED, series, low, high, 0, 0, 0, 0),
  ];
}

function words(timeMs: number): [low: number, high: number] {
  return [timeMs >>> 0, Math.floor(timeMs / 4294967296) >>> 0];
}
