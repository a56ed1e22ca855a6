import { useMutation } from '@tanstack/react-query';
import type { Destination } from '../../../shared/contract/destinations';
import { orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { Button } from '../../ui/controls/button';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Dialog } from '../../ui/overlays/dialog';

interface RemoveDestinationProps {
  destination: Destination;
  onClose: () => void;
}

export function RemoveDestination({ destination, onClose }: RemoveDestinationProps) {
  const remove = useMutation(orpc.destinations.remove.mutationOptions({ onSuccess: onClose }));
  const { queued, queueUnit } = destination.delivery;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Remove ${destination.name}?`}
      description="Its settings and its secret are deleted here. What was sent to it stays there."
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button tone="danger" disabled={remove.isPending} onClick={() => remove.mutate({ id: destination.id })}>
            {remove.isPending ? 'Removing' : 'Remove'}
          </Button>
        </>
      }
    >
      {destination.enabled && (
        <p>
          It is switched on.{' '}
          {queued > 0 ? `${queued} ${queueUnit} wait and will not be sent.` : 'Nothing waits to be sent.'}
        </p>
      )}
      {remove.isError && <ProblemCard problem={describeError(remove.error)} />}
    </Dialog>
  );
}
