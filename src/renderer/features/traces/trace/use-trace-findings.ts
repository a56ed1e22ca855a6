import { useDeferredValue, useMemo, useState } from 'react';
import type { LogRecord, Trace } from '../../../../shared/contract/telemetry';
import { findInTrace } from '../../../../shared/findings/find-in-trace';
import type { Evidence, Finding } from '../../../../shared/runs/finding';

export interface TraceFindings {
  findings: readonly Finding[];
  /** Ids of the spans of the finding that the reader looks at. */
  shown: ReadonlySet<string>;
  /** By the id of each span that a finding names. */
  bySpan: ReadonlyMap<string, readonly Finding[]>;
  /** Marks the spans of a finding; of the one that is marked already, none. */
  toggle: (evidence: Evidence) => void;
}

const nothing: ReadonlySet<string> = new Set();

/** What rules find in a trace and its log lines. `runSpan`: the span of the run that the trace belongs to, which is no part of it. */
export function useTraceFindings(trace: Trace, logs: readonly LogRecord[], runSpan: string | undefined): TraceFindings {
  // Spans that come in are shown at once; what they come to may follow.
  const looked = useDeferredValue(trace);
  const findings = useMemo(
    () => findInTrace(looked, logs, runSpan === undefined ? undefined : new Set([runSpan])),
    [looked, logs, runSpan],
  );
  const [chosen, setChosen] = useState<Evidence | null>(null);
  const shown = useMemo(() => (chosen ? new Set(chosen.spanIds) : nothing), [chosen]);
  const bySpan = useMemo(() => {
    const found = new Map<string, Finding[]>();
    for (const finding of findings)
      for (const id of finding.evidence.flatMap(({ spanIds }) => spanIds)) {
        const list = found.get(id);
        if (list) list.push(finding);
        else found.set(id, [finding]);
      }
    return found;
  }, [findings]);
  return {
    findings,
    bySpan,
    shown,
    toggle: (evidence) => setChosen(chosen && isSame(chosen, evidence) ? null : evidence),
  };
}

function isSame(one: Evidence, other: Evidence): boolean {
  return one.startNs === other.startNs && one.spanIds.join() === other.spanIds.join();
}
