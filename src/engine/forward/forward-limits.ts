export interface ForwardLimits {
  /** Journal that may wait for a destination, in bytes and in age; what is more is given up from the oldest end. */
  maxBytes: number;
  maxAgeMs: number;
  /** Left free on the disk whatever waits: twice what the journal needs itself. */
  reserveBytes: number;
  /** Requests that come one by one are gathered for so long. */
  gatherMs: number;
  timeoutMs: number;
  firstPauseMs: number;
  lastPauseMs: number;
  /** What was received before a destination was switched off is sent for so long. */
  finishMs: number;
  /** Positions are on the disk so long after they moved; what was sent within it is sent again after a kill. */
  saveMs: number;
  /** Between two looks at the bounds and two reports. */
  tickMs: number;
  now: () => number;
  random: () => number;
}

const MEBIBYTE = 1024 * 1024;

export const FORWARD_LIMITS: ForwardLimits = {
  maxBytes: 256 * MEBIBYTE,
  maxAgeMs: 15 * 60_000,
  reserveBytes: 256 * MEBIBYTE,
  gatherMs: 200,
  timeoutMs: 30_000,
  firstPauseMs: 1000,
  lastPauseMs: 30_000,
  finishMs: 10_000,
  saveMs: 100,
  tickMs: 1000,
  now: Date.now,
  random: Math.random,
};
