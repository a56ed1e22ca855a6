import { useDismissProblem } from '../../client/use-dismiss-problem';
import { useHostStatus } from '../../client/use-host-status';
import { PageBody } from '../../page/page-body';
import { ProblemList } from '../../page/problem-list';
import { Section } from '../../ui/layout/section';
import { Spinner } from '../../ui/marks/spinner';
import { BackendHealth } from './backend-health';
import { EndpointList } from './endpoint-list';
import { EnvQuickCopy } from './env-quick-copy';
import { FirstRun } from './first-run';
import { IngestRates } from './ingest-rates';
import { NewestErrors } from './newest-errors';
import { RejectionList } from './rejection-list';
import { ServiceList } from './service-list';
import { SlowestOperations } from './slowest-operations';
import { StorageCard } from './storage-card';
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
  const { capabilities } = status;
  // What does not pass through here is not counted here either.
  const passesThrough = capabilities.forwarding;
  return (
    <PageBody className="min-[960px]:grid-cols-[minmax(0,1.7fr)_minmax(20rem,1fr)]">
      <h1 className="sr-only">Overview</h1>
      {status.problems.length > 0 && (
        <div className="col-span-full grid gap-2">
          <ProblemList problems={status.problems} onDismiss={dismiss} />
        </div>
      )}
      {firstRun !== 'over' && <FirstRun lit={firstRun === 'lit'} />}
      <div className="grid min-w-0 grid-cols-1 content-start gap-4">
        {passesThrough && <IngestRates ingest={status.ingest} />}
        <ServiceList />
        <SlowestOperations />
        <NewestErrors />
        <RejectionList ingest={status.ingest} />
        <BackendHealth status={status} />
      </div>
      <div className="grid min-w-0 grid-cols-1 content-start gap-4">
        <EndpointList status={status} />
        {firstRun !== 'waiting' && (status.endpoints.otlpGrpc ?? status.endpoints.otlpHttp) && <EnvQuickCopy />}
        {capabilities.storage ? (
          <StorageCard storage={status.storage} />
        ) : capabilities.lifecycle ? (
          <VolumeCard storage={status.storage} />
        ) : (
          <Section title="Kept elsewhere">
            <p className="p-3 text-muted">{capabilities.because.storage}</p>
          </Section>
        )}
      </div>
    </PageBody>
  );
}
