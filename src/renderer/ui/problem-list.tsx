import type { HostStatus } from '../../shared/contract/host';
import { ProblemCard } from './problem-card';

interface ProblemListProps {
  problems: HostStatus['problems'];
  /** For what is over: the rest goes by itself. */
  onDismiss: (id: string) => void;
}

export function ProblemList({ problems, onDismiss }: ProblemListProps) {
  return problems.map(({ id, ...problem }) => (
    <ProblemCard
      key={id}
      problem={problem}
      {...(problem.lifetime === 'until-seen' && { onDismiss: () => onDismiss(id) })}
    />
  ));
}
