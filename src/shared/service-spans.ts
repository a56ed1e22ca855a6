/** The spans of one service in a window. */
export interface ServiceSpans {
  name: string;
  spans: number;
  errors: number;
  /** Of these, those that came in: of a server or a consumer. */
  requests: number;
  failedRequests: number;
  /**
   * Quantiles and longest of the known durations, nanoseconds; null where none is known. Of the requests, or of all spans where
   * there are no requests.
   */
  p50Ns: number | null;
  p95Ns: number | null;
  p99Ns: number | null;
  longestNs: number | null;
  /** Requests, or spans, in each part of the window, and how many of them failed; empty where it was not asked for. */
  rates: number[];
  failures: number[];
}
