/** Which of the three APIs a query is for: TraceQL, LogQL or PromQL. */
export type Signal = 'traces' | 'logs' | 'metrics';

export const languageOf: Readonly<Record<Signal, string>> = { traces: 'TraceQL', logs: 'LogQL', metrics: 'PromQL' };

/** A query and its language. */
export interface Question {
  signal: Signal;
  query: string;
}
