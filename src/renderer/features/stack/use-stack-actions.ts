import { useMutation } from '@tanstack/react-query';
import type { StackServiceName } from '../../../shared/contract/stack';
import type { Problem } from '../../../shared/problem';
import { orpc } from '../../client/contract-client';
import { describeError, isAnswerLost } from '../../client/describe-error';

export interface StackActions {
  up: () => void;
  down: () => void;
  cancel: () => void;
  restart: (service: StackServiceName) => void;
  /** One of them has been asked for and not answered yet. */
  pending: boolean;
  restarting: StackServiceName | null;
  /** Why the last one was refused. */
  problem: Problem | null;
}

export function useStackActions(): StackActions {
  const up = useMutation(orpc.stack.up.mutationOptions());
  const down = useMutation(orpc.stack.down.mutationOptions());
  const cancel = useMutation(orpc.stack.cancel.mutationOptions());
  const restart = useMutation(orpc.stack.restartService.mutationOptions());
  const all = [up, down, cancel, restart];
  const last = all.reduce((newest, each) => (each.submittedAt > newest.submittedAt ? each : newest));
  return {
    up: () => up.mutate(undefined),
    down: () => down.mutate(undefined),
    cancel: () => cancel.mutate(undefined),
    restart: (service) => restart.mutate({ service }),
    // A cancel must be possible while the start it ends is still being answered.
    pending: down.isPending || cancel.isPending,
    restarting: restart.isPending ? restart.variables.service : null,
    problem: last.error && !isAnswerLost(last.error) ? describeError(last.error) : null,
  };
}
