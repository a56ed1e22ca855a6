/** The spans of one service in a window. */
export interface ServiceSpans {
  name: string;
  spans: number;
  errors: number;
  /** 95th percentile and longest of the known durations, nanoseconds; null where none is known. */
  p95Ns: number | null;
  longestNs: number | null;
}
