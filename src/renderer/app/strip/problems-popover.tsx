import { useState } from 'react';
import type { HostStatus } from '../../../shared/contract/host';
import { useDismissProblem } from '../../client/use-dismiss-problem';
import { ProblemList } from '../../page/problem-list';
import { HealthMark } from '../../ui/marks/health-mark';
import { Popover } from '../../ui/overlays/popover';

export function ProblemsPopover({ problems }: { problems: HostStatus['problems'] }) {
  const dismiss = useDismissProblem();
  const [open, setOpen] = useState(false);
  const count = problems.length;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
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
          <ProblemList problems={problems} onDismiss={dismiss} onLeave={() => setOpen(false)} />
        </div>
      )}
    </Popover>
  );
}
