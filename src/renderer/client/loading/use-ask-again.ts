import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isTransient } from '../describe-error';
import { useHostStatus } from '../use-host-status';

/**
 * Asks what nobody answered once more when the backend, or one of its services, answers again: much is asked once alone, and would keep its
 * refusal on the screen.
 */
export function useAskAgain(): void {
  const queries = useQueryClient();
  const status = useHostStatus();
  const isUp = status?.state === 'ready' || status?.state === 'degraded';
  const up = isUp
    ? [status.state, ...status.services.filter(({ state }) => state === 'up').map(({ name }) => name)]
    : [];
  const answering = up.join(' ');
  useEffect(() => {
    if (answering === '') return;
    void queries.refetchQueries({
      type: 'active',
      predicate: ({ state: { status, error } }) => status === 'error' && isTransient(error),
    });
  }, [answering, queries]);
}
