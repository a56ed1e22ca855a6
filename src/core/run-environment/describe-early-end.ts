import type { RunReport } from '../../shared/contract/runs';
import { findEarlyEnd } from './find-early-end';

/** Line of a report that says why nothing came, where that is known; in place of what to ask next. */
export function describeEarlyEnd({ run, summary }: Pick<RunReport, 'run' | 'summary'>): string | undefined {
  const early = findEarlyEnd(run, summary.telemetry, process.env);
  return early ? `Nothing came: ${early.sentence} ${early.mend}` : undefined;
}
