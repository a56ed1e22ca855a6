import type { TimeWindow } from '../contract/telemetry';

/** Unix nanoseconds, both ends. */
export interface NanoWindow {
  start: bigint;
  end: bigint;
}

/** Whole milliseconds, the end rounded up. */
export function windowNanos({ from, to }: TimeWindow): NanoWindow {
  return { start: BigInt(Math.floor(from)) * 1_000_000n, end: BigInt(Math.ceil(to)) * 1_000_000n };
}
