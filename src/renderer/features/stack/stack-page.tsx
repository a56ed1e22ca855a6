import { useMutation } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import type { HostStatus } from '../../../shared/contract/host';
import { describeBackend } from '../../app/describe-backend';
import { PageHeader } from '../../app/page-header';
import { orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { formatBytes } from '../../client/format-number';
import { formatAgo, formatDateTime } from '../../client/format-time';
import { useHostStatus } from '../../client/use-host-status';
import { useNow } from '../../client/use-now';
import { Button } from '../../ui/button';
import { Facts } from '../../ui/facts';
import { ProblemCard } from '../../ui/problem-card';
import { Section } from '../../ui/section';
import { Spinner } from '../../ui/spinner';
import { ServiceTable } from '../overview/service-table';

/** What runs behind the ports, and how to start it again. */
export function StackPage() {
  const status = useHostStatus();
  const restart = useMutation(orpc.host.restart.mutationOptions());
  return (
    <>
      <PageHeader title="Stack">
        <span className="text-muted">
          One backend runs behind the ports: the embedded engine, which needs nothing but this program.
        </span>
        <Button className="ml-auto" disabled={!status || restart.isPending} onClick={() => restart.mutate(undefined)}>
          <RotateCw size={14} className={restart.isPending ? 'animate-spin' : ''} aria-hidden />
          {restart.isPending ? 'Restarting' : 'Restart the engine'}
        </Button>
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        <div className="mx-auto grid max-w-5xl gap-4">
          {restart.isError && <ProblemCard problem={describeError(restart.error)} />}
          {status ? <Running status={status} /> : <Spinner label="Waiting for the host" />}
        </div>
      </div>
    </>
  );
}

function Running({ status }: { status: HostStatus }) {
  const now = useNow(1000);
  const { storage } = status;
  return (
    <>
      <ServiceTable status={status} />
      <Section title="Process and data">
        <Facts
          facts={[
            { name: 'State', value: describeBackend(status).word },
            {
              name: 'Running since',
              value: `${formatDateTime(status.startedAt)}, ${formatAgo(status.startedAt, now)}`,
            },
            { name: 'Memory', value: `${formatBytes(storage.residentBytes)} resident` },
            {
              name: 'Data folder',
              value: <code className="font-mono text-xs">{storage.dataDir}</code>,
              copy: storage.dataDir,
            },
            { name: 'Disk', value: `${formatBytes(storage.diskBytes)} of ${formatBytes(storage.maxBytes)}` },
            {
              name: 'Waiting',
              value: `${formatBytes(storage.backlogBytes)} in the journal, safe on disk, not yet in the database`,
            },
            { name: 'Host', value: `Watchtower ${status.version}, ${status.host}` },
          ]}
        />
      </Section>
      <Section title="Other backends">
        <p className="p-3 text-muted">
          The Docker stack (Tempo, Loki, Prometheus, Grafana), Kubernetes and external backends are not part of this
          version. The ports and the query APIs you use now stay the same when they come.
        </p>
      </Section>
    </>
  );
}
