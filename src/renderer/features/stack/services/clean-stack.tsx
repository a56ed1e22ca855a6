import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ServicesBackend } from '../../../../shared/contract/backend';
import { formatBytes } from '../../../../shared/format-bytes';
import { orpc } from '../../../client/contract-client';
import { describeError } from '../../../client/describe-error';
import { Button } from '../../../ui/controls/button';
import { Field } from '../../../ui/controls/field';
import { Input } from '../../../ui/controls/input';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Spinner } from '../../../ui/marks/spinner';
import { Dialog } from '../../../ui/overlays/dialog';
import { showToast } from '../../../ui/overlays/toast';

const texts: Readonly<Record<ServicesBackend, { effect: string; parts: string; asking: string }>> = {
  docker: {
    effect: 'Stopping keeps all data. Deleting removes the containers and what the volumes hold; images stay.',
    parts: 'containers',
    asking: 'Asking the engine what is there',
  },
  kubernetes: {
    effect:
      'Stopping keeps all data. Deleting removes the cluster that Watchtower made, as a whole; a cluster of yours is never deleted from here.',
    parts: 'parts of the cluster',
    asking: 'Asking the cluster what is there',
  },
};

/** Deletes the services and what their volumes hold, after naming each and having the name of the place typed. */
export function CleanStack({
  backend,
  place,
  disabled,
}: {
  backend: ServicesBackend;
  place: string;
  disabled: boolean;
}) {
  const [asking, setAsking] = useState(false);
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 p-3">
      <p className="min-w-0 flex-1 basis-80 text-muted">{texts[backend].effect}</p>
      <Button tone="danger" disabled={disabled} onClick={() => setAsking(true)}>
        Delete stack and data…
      </Button>
      {asking && <CleanDialog backend={backend} place={place} close={() => setAsking(false)} />}
    </div>
  );
}

function CleanDialog({ backend, place, close }: { backend: ServicesBackend; place: string; close: () => void }) {
  const [typed, setTyped] = useState('');
  const remains = useQuery(orpc.backend.remains.queryOptions({ input: { backend }, gcTime: 0 }));
  const clean = useMutation(
    orpc.backend.clean.mutationOptions({
      onSuccess: ({ containers, volumes }) => {
        close();
        showToast('The stack is deleted', `${containers.length} ${texts[backend].parts}, ${volumes.length} volumes`);
      },
    }),
  );
  const nothing = remains.data?.containers.length === 0 && remains.data.volumes.length === 0;
  const problem = clean.error ?? remains.error;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={`Delete the stack “${place}”?`}
      description={nothing ? 'There is nothing to delete.' : 'This cannot be undone. Lost are:'}
      actions={
        <>
          <Button onClick={close}>{nothing ? 'Close' : 'Keep it'}</Button>
          {!nothing && (
            <Button
              tone="danger"
              disabled={!remains.data || typed !== place || clean.isPending}
              onClick={() => clean.mutate({ backend, confirm: true })}
            >
              {clean.isPending ? 'Deleting' : 'Delete all'}
            </Button>
          )}
        </>
      }
    >
      {remains.isPending && <Spinner label={texts[backend].asking} />}
      {remains.data && !nothing && (
        <>
          <ul className="list-disc space-y-0.5 pl-5 tabular">
            {remains.data.volumes.map(({ name, holds, bytes }) => (
              <li key={name} className="wrap-anywhere">
                {holds}, {bytes === null ? 'size not known' : formatBytes(bytes)}, volume{' '}
                <code className="font-mono text-xs">{name}</code>
              </li>
            ))}
            {remains.data.containers.length > 0 && (
              <li className="wrap-anywhere">
                {remains.data.containers.length} {texts[backend].parts}:{' '}
                <code className="font-mono text-xs">{remains.data.containers.join(', ')}</code>
              </li>
            )}
          </ul>
          <p className="mt-2 text-muted">What other backends keep is not touched.</p>
          <div className="mt-3">
            <Field label={`Type ${place} to confirm`}>
              {(ids) => (
                <Input
                  {...ids}
                  mono
                  className="w-full"
                  value={typed}
                  onChange={(event) => setTyped(event.target.value)}
                />
              )}
            </Field>
          </div>
        </>
      )}
      {problem && (
        <div className="mt-3">
          <ProblemCard problem={describeError(problem)} />
        </div>
      )}
    </Dialog>
  );
}
