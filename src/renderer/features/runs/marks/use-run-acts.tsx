import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Run } from '../../../../shared/runs/run';
import { showPlainText } from '../../../../shared/show-plain-text';
import { orpc } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { showToast } from '../../../ui/overlays/toast';
import { DeleteRun } from './delete-run';
import { LabelRun } from './label-run';

export interface RunActs {
  pin: (run: Run) => void;
  label: (run: Run) => void;
  remove: (run: Run) => void;
}

/** What can be done to a run, and the dialogs that ask for what it takes. */
export function useRunActs(onDeleted?: () => void): { acts: RunActs; dialogs: ReactNode } {
  const [asked, setAsked] = useState<{ kind: 'label' | 'delete'; run: Run } | null>(null);
  const pin = useMutation(
    orpc.runs.pin.mutationOptions({
      onSuccess: ({ name, pinned }) =>
        showToast(pinned ? 'Kept until it is deleted' : 'Goes with the others again', showPlainText(name)),
      onError: (error) => showToast('Nothing was changed', describeError(error).message),
    }),
  );
  const close = () => setAsked(null);
  return {
    acts: {
      pin: (run) => pin.mutate({ ref: run.id, pinned: !run.pinned }),
      label: (run) => setAsked({ kind: 'label', run }),
      remove: (run) => setAsked({ kind: 'delete', run }),
    },
    dialogs:
      asked?.kind === 'label' ? (
        <LabelRun run={asked.run} onClose={close} />
      ) : (
        asked && <DeleteRun run={asked.run} onClose={close} onDeleted={onDeleted} />
      ),
  };
}
