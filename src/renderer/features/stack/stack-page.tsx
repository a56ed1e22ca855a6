import { getRouteApi } from '@tanstack/react-router';
import { ServicesBackend } from '../../../shared/contract/backend';
import { SwitchableBackend } from '../../../shared/contract/host';
import { servicesBackendOf } from '../../../shared/services-backend-of';
import { useHostStatus } from '../../client/use-host-status';
import { type StackFeed, useStackStatus } from '../../client/use-stack-status';
import { PageBody } from '../../page/page-body';
import { PageHeader } from '../../page/page-header';
import type { StackSearch } from '../../page/page-search';
import { ProblemCard } from '../../ui/layout/problem-card';
import { SplitPane } from '../../ui/layout/split-pane';
import { Spinner } from '../../ui/marks/spinner';
import { BackendChoice } from './choice/backend-choice';
import { EmbeddedView } from './embedded-view';
import { useExternal } from './external/use-external';
import { ForeignView } from './foreign-view';
import { ServiceLogs } from './log/service-logs';
import { ServicesView } from './services/services-view';

const route = getRouteApi('/stack');

/** What runs behind the ports, how it fares, and how to change it. */
export function StackPage() {
  const status = useHostStatus();
  const inUse = status && servicesBackendOf(status);
  const isThere = (backend: ServicesBackend) => backend === inUse || SwitchableBackend.safeParse(backend).success;
  const feeds: Record<ServicesBackend, StackFeed> = {
    docker: useStackStatus('docker', isThere('docker')),
    kubernetes: useStackStatus('kubernetes', isThere('kubernetes')),
  };
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const update = (changes: StackSearch) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  // What somebody else started is shown, and can be stopped, whatever is in use here.
  const shown = ServicesBackend.options
    .flatMap((backend) => ({ backend, stack: feeds[backend].stack }))
    .filter(({ backend, stack }) => stack !== null && (backend === inUse || stack.state !== 'stopped'))
    .sort((a, b) => Number(b.backend === inUse) - Number(a.backend === inUse));
  const usual = inUse ?? shown[0]?.backend;
  const logged = search.of ?? usual;
  const logs = logged && feeds[logged].stack?.services;
  const service = logs?.find(({ name }) => name === search.log);
  const external = useExternal({
    asked: search.switch,
    editing: search.setup === 'external',
    // What was asked for is asked again once it is set up.
    setUp: () => update({ switch: 'external' }),
    edit: () => update({ setup: 'external' }),
    close: (saved) => update({ setup: undefined, ...(!saved && { switch: undefined }) }),
  });
  return (
    <>
      <PageHeader title="Stack">
        <span className="text-muted">What receives, keeps and answers behind the ports.</span>
      </PageHeader>
      <SplitPane
        name="service-log"
        place="bottom"
        initial={320}
        min={160}
        side={
          logged &&
          logs &&
          service && (
            <ServiceLogs
              key={`${logged} ${service.name}`}
              backend={logged}
              service={service}
              services={logs}
              onChoose={(log) => update({ log })}
              onClose={() => update({ log: undefined, of: undefined })}
            />
          )
        }
      >
        <PageBody>
          {Object.values(feeds).map(
            ({ feed }) => feed.kind === 'refused' && <ProblemCard key={feed.problem.message} problem={feed.problem} />,
          )}
          {status ? (
            <>
              <BackendChoice
                status={status}
                settings={external.settings}
                stacks={{ docker: feeds.docker.stack, kubernetes: feeds.kubernetes.stack }}
                asked={external.isSettingUp ? undefined : search.switch}
                ask={(backend) => update({ switch: backend })}
              />
              {!inUse &&
                (status.capabilities.lifecycle ? <EmbeddedView status={status} /> : <ForeignView status={status} />)}
              {shown.map(
                ({ backend, stack }) =>
                  stack && (
                    <ServicesView
                      key={backend}
                      backend={backend}
                      stack={stack}
                      aside={backend !== inUse}
                      problems={status.problems}
                      logOf={backend === logged ? (search.log ?? null) : null}
                      openLog={(log) => {
                        const isOpen = backend === logged && log === search.log;
                        const of = isOpen || backend === usual ? undefined : backend;
                        update({ log: isOpen ? undefined : log, of });
                      }}
                    />
                  ),
              )}
            </>
          ) : (
            <Spinner label="Waiting for the host" />
          )}
        </PageBody>
      </SplitPane>
      {external.dialog}
    </>
  );
}
