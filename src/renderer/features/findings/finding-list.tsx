import { rankFindings } from '../../../shared/run-text/describe-findings';
import type { Finding } from '../../../shared/runs/finding';
import { FindingItem } from './finding-item';

/** Findings, in the order of the commands. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className="divide-y divide-line" aria-label="Findings">
      {rankFindings(findings).map((finding) => (
        <FindingItem key={finding.fingerprint} finding={finding} />
      ))}
    </ul>
  );
}
