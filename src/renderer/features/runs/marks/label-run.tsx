import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Run } from '../../../../shared/runs/run';
import { showPlainText } from '../../../../shared/show-plain-text';
import { orpc } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { Button } from '../../../ui/controls/button';
import { Input } from '../../../ui/controls/input';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Dialog } from '../../../ui/overlays/dialog';

/** The contract's bound. */
const longestLabel = 200;

export function LabelRun({ run, onClose }: { run: Run; onClose: () => void }) {
  const [label, setLabel] = useState(run.label ?? '');
  const save = useMutation(orpc.runs.label.mutationOptions({ onSuccess: onClose }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ ref: run.id, label: label.trim() });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Label ${showPlainText(run.name)}`}
      description="A few words to find this run by. Without any, it has none."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" type="submit" form="label-run" disabled={save.isPending}>
            {save.isPending ? 'Saving' : 'Save'}
          </Button>
        </>
      }
    >
      <form id="label-run" onSubmit={submit} className="grid gap-2">
        <Input
          autoFocus
          aria-label="Label"
          value={label}
          maxLength={longestLabel}
          placeholder="before the index"
          onChange={(event) => setLabel(event.target.value)}
        />
        {save.isError && <ProblemCard problem={describeError(save.error)} />}
      </form>
    </Dialog>
  );
}
