import { z } from 'zod';
import { type Explanation, Population } from '../contract/explain';
import { TimeWindow } from '../contract/telemetry';

/** A population whose window and run are known. */
export const ResolvedPopulation = Population.omit({ run: true }).extend({
  window: TimeWindow,
  /** The run's id. */
  runId: z.string().optional(),
});
export type ResolvedPopulation = z.infer<typeof ResolvedPopulation>;

/** What the engine is asked; what is in both populations counts to the selection. */
export const ExplainRequest = z.object({
  signal: z.enum(['traces', 'logs']),
  selection: ResolvedPopulation,
  against: ResolvedPopulation,
});
export type ExplainRequest = z.infer<typeof ExplainRequest>;

/** Whether either population is of another time, so that their lines can be counted by time. */
export function isOtherWindow({ selection, against }: ExplainRequest): boolean {
  return selection.window.from !== against.window.from || selection.window.to !== against.window.to;
}

/** What differs in one signal; metrics are asked for in PromQL of any backend. */
export type SignalExplanation = Omit<Explanation, 'metrics'>;
