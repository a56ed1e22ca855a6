/** What came of waiting. */
export interface WaitOutcome {
  met: boolean;
  /** What was waited for, and what is there: one sentence. */
  sentence: string;
  /** What was found, at most 20 lines. */
  found: readonly string[];
  /** Why it is not met, the nearest miss first. */
  seen: readonly string[];
  tookMs: number;
}

export const mostFound = 20;
