import { useDismissProblem } from '../../client/use-dismiss-problem';
import { useHostStatus } from '../../client/use-host-status';
import { ProblemList } from '../../ui/problem-list';
import { Spinner } from '../../ui/spinner';
import { EndpointList } from './endpoint-list';
import { EnvQuickCopy } from './env-quick-copy';
import { FirstRun } from './first-run';
import { IngestRates } from './ingest-rates';
import { RejectionList } from './rejection-list';
import { ServiceTable } from './service-table';
import { StorageCard } from './storage-card';
import { TrafficTable } from './traffic-table';
import { useFirstRun } from './use-first-run';
import { VolumeCard } from './volume-card';

/** The whole at one glance: what arrives, what runs, where to send, what is kept. */
export function OverviewPage() {
  const status = useHostStatus();
  const firstRun = useFirstRun(status);
  const dismiss = useDismissProblem();
  if (!status) {
    return (
      <div className="p-6">
        <Spinner label="Waiting for the host" />
      </div>
    );
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4">
      <h1 className="sr-only">Overview</h1>
      <div className="mx-auto grid max-w-[110rem] grid-cols-1 gap-4 min-[960px]:grid-cols-[minmax(0,1.7fr)_minmax(20rem,1fr)]">
        {status.problems.length > 0 && (
          <div className="col-span-full grid gap-2">
            <ProblemList problems={status.problems} onDismiss={dismiss} />
          </div>
        )}
        {firstRun !== 'over' && <FirstRun lit={firstRun === 'lit'} />}
        <div className="grid min-w-0 grid-cols-1 content-start gap-4">
          <IngestRates ingest={status.ingest} />
          <RejectionList ingest={status.ingest} />
          <TrafficTable quiet={status.ingest.history.length === 0} />
          <ServiceTable status={status} />
        </div>
        <div className="grid min-w-0 grid-cols-1 content-start gap-4">
          <EndpointList status={status} />
          <EnvQuickCopy />
          {status.backend === 'docker' ? (
            <VolumeCard storage={status.storage} />
          ) : (
            <StorageCard storage={status.storage} />
          )}
        </div>
      </div>
    </div>
  );
}
