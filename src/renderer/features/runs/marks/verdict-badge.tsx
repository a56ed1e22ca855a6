import { verdictWords } from '../../../../shared/runs/describe-outcome';
import type { Run } from '../../../../shared/runs/run';
import { Badge } from '../../../ui/marks/badge';

type Verdict = NonNullable<Run['outcome']>['verdict'];

const tones = { first: 'neutral', same: 'ok', different: 'accent', worse: 'bad', incomparable: 'warn' } as const;
const shapes: Record<Verdict, string> = { first: '', same: '= ', different: '≠ ', worse: '↓ ', incomparable: '' };

/** What comparing came to: against the last run of its name, or between two. */
export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  return (
    <Badge tone={tones[verdict]}>
      {shapes[verdict] && <span aria-hidden>{shapes[verdict]}</span>}
      {verdictWords[verdict]}
    </Badge>
  );
}
