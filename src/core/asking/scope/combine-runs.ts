import type { ServiceActivity } from '../../../shared/contract/services';
import type { Finding } from '../../../shared/runs/finding';
import type { RunTelemetry } from '../../../shared/runs/run-summary';

const mostEvidence = 3;

/** What the services of several runs did together. Of the latency the longest is told. */
export function combineServices(all: readonly RunTelemetry[]): ServiceActivity[] {
  const services = new Map<string, ServiceActivity>();
  for (const telemetry of all) {
    for (const { name, metrics, ...counts } of telemetry.services) {
      const before = services.get(name);
      const own = telemetry.shapes.filter(({ service }) => service === name).map(({ durations }) => durations);
      services.set(name, {
        name,
        spans: counts.spans + (before?.spans ?? 0),
        errorSpans: counts.errorSpans + (before?.errorSpans ?? 0),
        logs: counts.logs + (before?.logs ?? 0),
        errorLogs: counts.errorLogs + (before?.errorLogs ?? 0),
        metrics: metrics > 0 || (before?.metrics ?? false),
        // Summaries of runs do not have these.
        ...{ requests: 0, failedRequests: 0, p50Ns: null, p99Ns: null, rates: [], failures: [] },
        p95Ns: longest(before?.p95Ns, ...own.map(({ p95Ns }) => p95Ns)),
        longestNs: longest(before?.longestNs, ...own.map(({ maxNs }) => maxNs)),
      });
    }
  }
  return [...services.values()];
}

/** What was found in several runs, each thing once. */
export function combineFindings(all: readonly Pick<RunTelemetry, 'findings' | 'leftOut'>[]): {
  findings: Finding[];
  leftOut: string[];
} {
  const found = new Map<string, Finding>();
  for (const finding of all.flatMap(({ findings }) => findings)) {
    const before = found.get(finding.fingerprint);
    found.set(
      finding.fingerprint,
      before
        ? {
            ...before,
            occurrences: before.occurrences + finding.occurrences,
            traces: before.traces + finding.traces,
            evidence: [...before.evidence, ...finding.evidence].slice(0, mostEvidence),
          }
        : finding,
    );
  }
  return { findings: [...found.values()], leftOut: [...new Set(all.flatMap(({ leftOut }) => leftOut))] };
}

function longest(...durations: readonly (number | null | undefined)[]): number | null {
  const known = durations.filter((each) => typeof each === 'number');
  return known.length === 0 ? null : Math.max(...known);
}
