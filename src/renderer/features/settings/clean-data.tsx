import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatBytes } from '../../../shared/format-bytes';
import { orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { formatCount } from '../../client/format-number';
import { useHostStatus } from '../../client/use-host-status';
import { Button } from '../../ui/controls/button';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Dialog } from '../../ui/overlays/dialog';
import { showToast } from '../../ui/overlays/toast';
import { SettingRow } from './setting-row';

/** Deletes all telemetry, after saying what that is. */
export function CleanData() {
  const [asking, setAsking] = useState(false);
  const cache = useQueryClient();
  const storage = useHostStatus()?.storage;
  const clean = useMutation(
    orpc.host.clean.mutationOptions({
      onSuccess: ({ freedBytes }) => {
        setAsking(false);
        showToast('All telemetry is deleted', `${formatBytes(freedBytes)} freed`);
        void cache.invalidateQueries();
      },
    }),
  );
  return (
    <SettingRow name="Delete all telemetry" note="Settings stay. The engine keeps running and receives on.">
      <Button tone="danger" disabled={!storage} onClick={() => setAsking(true)}>
        Delete…
      </Button>
      {storage && (
        <Dialog
          open={asking}
          onOpenChange={setAsking}
          title="Delete all telemetry?"
          description="This cannot be undone. Lost are:"
          actions={
            <>
              <Button onClick={() => setAsking(false)}>Keep it</Button>
              <Button tone="danger" disabled={clean.isPending} onClick={() => clean.mutate({ confirm: true })}>
                {clean.isPending ? 'Deleting' : 'Delete all'}
              </Button>
            </>
          }
        >
          <ul className="list-disc space-y-0.5 pl-5 tabular">
            {storage.stored && (
              <>
                <li>{formatCount(storage.stored.spans)} spans</li>
                <li>{formatCount(storage.stored.logs)} log lines</li>
                <li>
                  {formatCount(storage.stored.points)} metric points of {formatCount(storage.stored.series)} series
                </li>
              </>
            )}
            <li>
              {formatBytes(storage.diskBytes)} in{' '}
              <code className="font-mono text-xs wrap-anywhere">{storage.dataDir}</code>
            </li>
          </ul>
          {clean.isError && (
            <div className="mt-3">
              <ProblemCard problem={describeError(clean.error)} />
            </div>
          )}
        </Dialog>
      )}
    </SettingRow>
  );
}
