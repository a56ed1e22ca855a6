/** What a tool has to say, before it is fitted into a budget. */
export interface Told {
  /** Our own words: what was asked for, and how much of it there is. Always shown. */
  readonly head: readonly string[];
  /** What telemetry and runs say, a line each, what matters most first. Shown as data. */
  readonly lines: readonly string[];
  /** Our own words: what was left out and why, what to ask next. */
  readonly notes: readonly string[];
  /** Path and parameters of the panel's page that shows the same. */
  readonly page: string;
}

/** Why there is no answer, and what to ask instead. */
export interface Refusal {
  readonly refused: string;
  readonly hint?: string | undefined;
}
