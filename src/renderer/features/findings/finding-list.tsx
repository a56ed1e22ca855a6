import type { Finding } from '../../../shared/runs/finding';
import { FindingItem } from './finding-item';
import { sortFindings } from './sort-findings';

/** Findings, what costs most first. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className="divide-y divide-line" aria-label="Findings">
      {sortFindings(findings).map((finding) => (
        <FindingItem key={finding.fingerprint} finding={finding} />
      ))}
    </ul>
  );
}
