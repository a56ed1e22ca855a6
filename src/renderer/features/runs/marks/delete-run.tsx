import { useMutation } from '@tanstack/react-query';
import type { Run } from '../../../../shared/runs/run';
import { showPlainText } from '../../../../shared/show-plain-text';
import { orpc } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { formatDateTime } from '../../../client/format-time';
import { Button } from '../../../ui/controls/button';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Dialog } from '../../../ui/overlays/dialog';

interface DeleteRunProps {
  run: Run;
  onClose: () => void;
  onDeleted?: (() => void) | undefined;
}

export function DeleteRun({ run, onClose, onDeleted }: DeleteRunProps) {
  const remove = useMutation(
    orpc.runs.delete.mutationOptions({
      onSuccess: () => {
        onClose();
        onDeleted?.();
      },
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete the run of ${formatDateTime(run.startedAt)}?`}
      description={`${showPlainText(run.name)} and its summary are deleted, and no run can be compared with it any more. Its traces, logs and metrics stay as long as others of their age.`}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            tone="danger"
            disabled={remove.isPending || run.state === 'running'}
            onClick={() => remove.mutate({ ref: run.id })}
          >
            {remove.isPending ? 'Deleting' : 'Delete'}
          </Button>
        </>
      }
    >
      {run.pinned && <p>It is pinned: somebody wanted to keep it.</p>}
      {run.state === 'running' && <p>It still runs: end its command first.</p>}
      {remove.isError && <ProblemCard problem={describeError(remove.error)} />}
    </Dialog>
  );
}
