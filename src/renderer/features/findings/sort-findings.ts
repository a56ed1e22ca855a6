import { compareTexts } from '../../../shared/compare-texts';
import type { Finding } from '../../../shared/runs/finding';

/** Problems before hints, then what happened in more traces, and more often. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (one, other) =>
      Number(one.severity === 'hint') - Number(other.severity === 'hint') ||
      other.traces - one.traces ||
      other.occurrences - one.occurrences ||
      compareTexts(one.fingerprint, other.fingerprint),
  );
}
