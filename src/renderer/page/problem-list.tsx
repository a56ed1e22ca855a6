import type { HostStatus } from '../../shared/contract/host';
import { ProblemCard } from '../ui/layout/problem-card';
import { ProblemAction } from './problem-action';

interface ProblemListProps {
  problems: HostStatus['problems'];
  /** For what is over: the rest goes by itself. */
  onDismiss: (id: string) => void;
  /** A button was pressed that leads to another page. */
  onLeave?: () => void;
}

export function ProblemList({ problems, onDismiss, onLeave }: ProblemListProps) {
  return problems.map(({ id, ...problem }) => (
    <ProblemCard
      key={id}
      problem={problem}
      action={<ProblemAction id={id} kind={problem.kind} onLeave={onLeave} />}
      {...(problem.lifetime === 'until-seen' && { onDismiss: () => onDismiss(id) })}
    />
  ));
}
