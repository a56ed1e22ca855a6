import { useMutation } from '@tanstack/react-query';
import { orpc } from './contract-client';

/** Takes a problem that is over from the host's list; the status feed then shows it gone. */
export function useDismissProblem(): (id: string) => void {
  const { mutate } = useMutation(orpc.host.dismiss.mutationOptions());
  return (id) => mutate({ id });
}
