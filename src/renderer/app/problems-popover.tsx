import type { HostStatus } from '../../shared/contract/host';
import { HealthMark } from '../ui/health-mark';
import { Popover } from '../ui/popover';
import { ProblemCard } from '../ui/problem-card';

export function ProblemsPopover({ problems }: { problems: HostStatus['problems'] }) {
  const count = problems.length;
  return (
    <Popover
      className="w-[30rem]"
      trigger={
        <button
          type="button"
          className="flex h-7 items-center gap-1.5 rounded-md px-2 whitespace-nowrap hover:bg-hover"
        >
          <HealthMark health={count > 0 ? 'bad' : 'ok'} size={10} />
          {count === 0 ? 'No problems' : count === 1 ? '1 problem' : `${count} problems`}
        </button>
      }
    >
      {count === 0 ? (
        <p className="text-sm text-muted">
          Nothing fails. Problems of the engine, of a held port or of a full disk stand here, with what to do.
        </p>
      ) : (
        <div className="flex max-h-96 flex-col gap-2 overflow-y-auto">
          {problems.map((problem) => (
            <ProblemCard key={problem.id} problem={problem} />
          ))}
        </div>
      )}
    </Popover>
  );
}
