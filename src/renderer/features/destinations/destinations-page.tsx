import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Destination } from '../../../shared/contract/destinations';
import { orpc } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';
import { useDestinationsStatus } from '../../client/use-destinations-status';
import { useHostStatus } from '../../client/use-host-status';
import { PageBody } from '../../page/page-body';
import { PageHeader } from '../../page/page-header';
import type { DestinationsSearch } from '../../page/page-search';
import { keepTime } from '../../page/time-window';
import { Button } from '../../ui/controls/button';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Spinner } from '../../ui/marks/spinner';
import { AgentContentSwitch } from './agent-content-switch';
import { DestinationCard } from './destination-card';
import { DestinationDialog } from './destination-dialog';
import { NoDestinations } from './no-destinations';
import { RedactionEditor } from './redaction-editor';
import { RemoveDestination } from './remove-destination';
import { SendingSummary } from './sending-summary';
import { useDestinationTests } from './use-destination-tests';

const route = getRouteApi('/destinations');

/** Where a copy of the telemetry goes, and what is taken out of it before. */
export function DestinationsPage() {
  const { status, feed } = useDestinationsStatus();
  const { add: adding, edit: editing, test: testing } = route.useSearch();
  const navigate = route.useNavigate();
  const [removing, setRemoving] = useState<Destination | null>(null);
  const { tests, run } = useDestinationTests();
  const toggle = useMutation(orpc.destinations.toggle.mutationOptions());
  const ask = (search: DestinationsSearch) =>
    void navigate({ search: (before) => ({ ...keepTime(before), ...search }), replace: true });
  const add = (kind: Destination['kind']) => ask({ add: kind });
  const close = () => ask({});
  const edited = status?.destinations.find(({ id }) => id === editing);
  const isKnown = status?.destinations.some(({ id }) => id === testing) ?? false;
  useEffect(() => {
    if (testing === undefined || !isKnown) return;
    run(testing);
    void navigate({ search: keepTime, replace: true });
  }, [testing, isKnown, run, navigate]);
  const host = useHostStatus();
  const capabilities = host?.capabilities;
  const cannotSend =
    capabilities?.forwarding === false ? (capabilities.because.forwarding ?? 'It does not send on.') : null;
  const changing = toggle.isPending ? toggle.variables : null;
  const busy = changing !== null || status?.change.state === 'switching';
  const switchingOf = (id: string) =>
    changing && (changing.id === undefined || changing.id === id) ? (changing.enabled ? 'on' : 'off') : null;

  return (
    <>
      <PageHeader title="Destinations">
        <span className="text-muted">Where a copy of the telemetry that arrives here goes.</span>
        <Button tone="primary" className="ml-auto" disabled={!status} onClick={() => add('sumo')}>
          <Plus size={14} aria-hidden />
          Add a destination
        </Button>
      </PageHeader>
      <PageBody>
        {feed.kind === 'refused' && <ProblemCard problem={feed.problem} />}
        {status && host ? (
          <>
            {cannotSend && (
              <p role="note" className="rounded-lg border border-line bg-surface px-4 py-3 text-muted">
                {cannotSend} No destination can be switched on while this backend is in use.
              </p>
            )}
            <SendingSummary
              status={status}
              keptAt={host.keptAt}
              switching={busy}
              onStopAll={() => toggle.mutate({ enabled: false })}
            />
            {toggle.isError && status.change.state !== 'failed' && (
              <ProblemCard problem={describeError(toggle.error)} />
            )}
            {status.destinations.length === 0 ? (
              <NoDestinations onAdd={add} />
            ) : (
              <ul aria-label="Destinations" className="grid gap-3">
                {status.destinations.map((destination) => (
                  <DestinationCard
                    key={destination.id}
                    destination={destination}
                    switching={switchingOf(destination.id)}
                    busy={busy}
                    cannotSend={cannotSend}
                    test={tests[destination.id]}
                    onToggle={(enabled) => toggle.mutate({ id: destination.id, enabled })}
                    onTest={() => run(destination.id)}
                    onEdit={() => ask({ edit: destination.id })}
                    onRemove={() => setRemoving(destination)}
                  />
                ))}
              </ul>
            )}
            <RedactionEditor saved={status.redaction} />
            <AgentContentSwitch status={status} />
            <p className="text-xs text-muted">Secrets are kept in {status.secretStore}; no page shows them again.</p>
          </>
        ) : (
          <Spinner label="Waiting for the host" />
        )}
      </PageBody>
      {status && (adding || edited) && (
        <DestinationDialog
          destination={edited}
          kind={edited?.kind ?? adding ?? 'sumo'}
          secretStore={status.secretStore}
          onSaved={(id, test) => {
            close();
            if (test) run(id);
          }}
          onClose={close}
        />
      )}
      {removing && <RemoveDestination destination={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}
