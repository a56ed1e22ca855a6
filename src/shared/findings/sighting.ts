import type { Evidence, Finding } from '../runs/finding';
import type { LineFacts } from '../shapes/span-facts';
import type { TraceView } from '../shapes/trace-view';

/** What a rule saw once. */
export interface Sighting extends Pick<Finding, 'rule' | 'severity' | 'service' | 'sentence' | 'advice'> {
  /** What is meant, without ids, hosts and numbers: with the rule and the service it makes the fingerprint. */
  readonly key: readonly string[];
  /** How bad: of several, the worst are kept as evidence. */
  readonly weight: number;
  /** Null where no trace shows it. */
  readonly evidence: Evidence | null;
}

/** A rule that looks at one trace; `lines` are those of the trace. */
export type TraceRule = (view: TraceView, lines: readonly LineFacts[]) => Sighting[];
