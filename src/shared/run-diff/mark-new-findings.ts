import type { Finding } from '../runs/finding';
import type { RunSummary } from '../runs/run-summary';
import { findNewFindings } from './compare-findings';
import { isSameCommand } from './same-command';

/** Fingerprints of what a run has and the one before had not; none where that ran another command. */
export function newFingerprints(before: RunSummary | null, after: RunSummary): Set<string> {
  if (!before || !isSameCommand(before.run, after.run)) return new Set();
  return new Set(findNewFindings(before.telemetry, after.telemetry).map(({ fingerprint }) => fingerprint));
}

/** The findings, those of these fingerprints marked as new. */
export function markNewFindings(findings: readonly Finding[], fresh: ReadonlySet<string>): Finding[] {
  return findings.map((finding) => (fresh.has(finding.fingerprint) ? { ...finding, isNew: true } : finding));
}
