import { compareTexts } from '../compare-texts';
import type { Finding } from '../runs/finding';

/** The order in which findings stand in a summary: by rule, service and fingerprint. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareTexts(a.rule, b.rule) || compareTexts(a.service, b.service) || compareTexts(a.fingerprint, b.fingerprint)
  );
}
