import { useMutation } from '@tanstack/react-query';
import type { ServicesBackend } from '../../../../shared/contract/backend';
import type { Problem } from '../../../../shared/problem';
import { orpc } from '../../../client/contract-client';
import { describeError, isAnswerLost } from '../../../client/describe-error';

export interface StackActions {
  up: () => void;
  down: () => void;
  cancel: () => void;
  restart: (service: string) => void;
  /** One of them has been asked for and not answered yet. */
  pending: boolean;
  restarting: string | null;
  /** Why the last one was refused. */
  problem: Problem | null;
}

export function useStackActions(backend: ServicesBackend): StackActions {
  const up = useMutation(orpc.backend.up.mutationOptions());
  const down = useMutation(orpc.backend.down.mutationOptions());
  const cancel = useMutation(orpc.backend.cancel.mutationOptions());
  const restart = useMutation(orpc.backend.restartService.mutationOptions());
  const all = [up, down, cancel, restart];
  const last = all.reduce((newest, each) => (each.submittedAt > newest.submittedAt ? each : newest));
  return {
    up: () => up.mutate({ backend }),
    down: () => down.mutate({ backend }),
    cancel: () => cancel.mutate({ backend }),
    restart: (service) => restart.mutate({ backend, service }),
    // A cancel must be possible while the start it ends is still being answered.
    pending: down.isPending || cancel.isPending,
    restarting: restart.isPending ? restart.variables.service : null,
    problem: last.error && !isAnswerLost(last.error) ? describeError(last.error) : null,
  };
}
