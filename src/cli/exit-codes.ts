/** What `watchtower` exits with; documented in the README. */
export const EXIT = {
  ok: 0,
  /** Something went wrong that is not one of those below. */
  failed: 1,
  /** The command line was not understood. */
  usage: 2,
  /** A host already runs on this home. */
  alreadyRunning: 3,
  /** No host runs, or it does not answer. */
  notRunning: 4,
  /** The backend refused the query. */
  query: 5,
  /** An assertion does not hold. */
  unmet: 6,
  /** Something was waited for that did not come in time. */
  late: 7,
  /** Nothing is wrong, but not all could be judged. */
  notJudged: 8,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Of `watchtower diff`, as `diff` and `cmp` have it; 2 is what is worse than allowed. */
export const DIFF_EXIT = { same: 0, different: 1, worse: 2, failed: 3 } as const;
