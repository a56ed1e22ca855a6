import { useDismissProblem } from '../../client/use-dismiss-problem';
import { useHostStatus } from '../../client/use-host-status';
import { PageBody } from '../../page/page-body';
import { ProblemList } from '../../page/problem-list';
import { whyNotAnswered } from '../../page/why-not-answered';
import { Section } from '../../ui/layout/section';
import { Spinner } from '../../ui/marks/spinner';
import { BackendHealth } from './backend-health';
import { EndpointList } from './endpoint-list';
import { EnvQuickCopy } from './env-quick-copy';
import { FirstRun } from './first-run';
import { IngestRates } from './ingest-rates';
import { LastRuns } from './last-runs';
import { NewestErrors } from './newest-errors';
import { NewestFindings } from './newest-findings';
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
  const withoutTraces = whyNotAnswered(status, 'traces');
  return (
    <PageBody className="max-w-none items-start min-[1100px]:grid-cols-[minmax(0,2.2fr)_minmax(20rem,1fr)]">
      <h1 className="sr-only">Overview</h1>
      {status.problems.length > 0 && (
        <div className="col-span-full grid gap-2">
          <ProblemList problems={status.problems} onDismiss={dismiss} />
        </div>
      )}
      {firstRun !== 'over' && <FirstRun lit={firstRun === 'lit'} />}
      <div className="grid min-w-0 grid-cols-1 content-start gap-4">
        <ServiceList />
        {withoutTraces === null ? (
          <div className="grid min-w-0 grid-cols-1 items-start gap-4 min-[1700px]:grid-cols-2">
            <NewestErrors />
            <SlowestOperations />
          </div>
        ) : (
          <Section title="Slowest operations, newest errors">
            <p className="px-3 py-2 text-muted">{withoutTraces}</p>
          </Section>
        )}
        <RejectionList ingest={status.ingest} />
      </div>
      <div className="grid min-w-0 grid-cols-1 content-start gap-4">
        {withoutTraces === null && <NewestFindings />}
        <LastRuns />
        {capabilities.ingest && <IngestRates ingest={status.ingest} />}
        {capabilities.storage ? <StorageCard storage={status.storage} /> : <VolumeCard status={status} />}
      </div>
      <div className="col-span-full grid min-w-0 gap-4">
        <EndpointList status={status}>
          {firstRun !== 'waiting' && (status.endpoints.otlpGrpc ?? status.endpoints.otlpHttp) && <EnvQuickCopy />}
        </EndpointList>
        <BackendHealth status={status} />
      </div>
    </PageBody>
  );
}
