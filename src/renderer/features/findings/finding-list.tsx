import { useMemo } from 'react';
import { rankFindings } from '../../../shared/run-text/describe-findings';
import type { Finding } from '../../../shared/runs/finding';
import { useMoreRows } from '../../ui/layout/use-more-rows';
import { FindingItem } from './finding-item';

const shownAtFirst = 100;

/** Findings, in the order of the commands. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const ranked = useMemo(() => rankFindings(findings), [findings]);
  const { shown, more } = useMoreRows(ranked, shownAtFirst);
  return (
    <>
      <ul className="divide-y divide-line" aria-label="Findings">
        {shown.map((finding) => (
          <FindingItem key={finding.fingerprint} finding={finding} />
        ))}
      </ul>
      {more}
    </>
  );
}
