import { getRouteApi } from '@tanstack/react-router';
import { servicesBackendOf } from '../../../shared/services-backend-of';
import { useHostStatus } from '../../client/use-host-status';
import { useStackStatus } from '../../client/use-stack-status';
import { PageBody } from '../../page/page-body';
import { PageHeader } from '../../page/page-header';
import type { StackSearch } from '../../page/page-search';
import { ProblemCard } from '../../ui/layout/problem-card';
import { SplitPane } from '../../ui/layout/split-pane';
import { Spinner } from '../../ui/marks/spinner';
import { BackendChoice } from './choice/backend-choice';
import { EmbeddedView } from './embedded-view';
import { ServiceLogs } from './log/service-logs';
import { ServicesView } from './services/services-view';

const route = getRouteApi('/stack');

/** What runs behind the ports, how it fares, and how to change it. */
export function StackPage() {
  const status = useHostStatus();
  // Where the backend in use has no services apart, the Docker stack may run aside.
  const backend = (status && servicesBackendOf(status)) ?? 'docker';
  const { stack, feed } = useStackStatus(backend);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const update = (changes: StackSearch) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const service = stack?.services.find(({ name }) => name === search.log);
  const embedded = status?.capabilities.services === false;
  // A stack that somebody else started is shown, and can be stopped, whatever runs here.
  const showsStack = stack !== null && (!embedded || stack.state !== 'stopped');
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
          stack &&
          service && (
            <ServiceLogs
              key={service.name}
              backend={backend}
              service={service}
              services={stack.services}
              onChoose={(log) => update({ log })}
              onClose={() => update({ log: undefined })}
            />
          )
        }
      >
        <PageBody>
          {feed.kind === 'refused' && <ProblemCard problem={feed.problem} />}
          {status ? (
            <>
              <BackendChoice
                status={status}
                stack={stack}
                asked={search.switch}
                ask={(backend) => update({ switch: backend })}
              />
              {embedded && <EmbeddedView status={status} />}
              {showsStack && (
                <ServicesView
                  backend={backend}
                  stack={stack}
                  aside={embedded}
                  problems={status.problems}
                  logOf={search.log ?? null}
                  openLog={(log) => update({ log: log === search.log ? undefined : log })}
                />
              )}
            </>
          ) : (
            <Spinner label="Waiting for the host" />
          )}
        </PageBody>
      </SplitPane>
    </>
  );
}
