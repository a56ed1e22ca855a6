import { useMutation } from '@tanstack/react-query';
import type { Muting } from '../../../shared/contract/errors';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { showToast } from '../../ui/overlays/toast';

export type Mute = (id: string, how: Muting | null) => void;

const told: Record<Muting | 'ended', string> = {
  'until-seen': 'Muted until it is seen again',
  muted: 'Muted',
  resolved: 'Resolved: it comes back if it is seen again',
  ended: 'Shown again',
};

/** Mutes an error, or ends that, and says so. */
export function useMuting(renew: () => void): Mute {
  const change = useMutation({
    mutationFn: ({ id, how }: { id: string; how: Muting | null }) => client.errors.mute({ ids: [id], how }),
    onSuccess: (_, { how }) => {
      showToast(told[how ?? 'ended']);
      renew();
    },
    onError: (error) => showToast(describeError(error).message),
  });
  return (id, how) => change.mutate({ id, how });
}
