import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { readErrorsSearch } from '../page/errors-search';
import { readMetricsSearch } from '../page/metrics-search';
import {
  readAgentsSearch,
  readCompareSearch,
  readDestinationsSearch,
  readLogsSearch,
  readRunSearch,
  readRunsSearch,
  readSessionSearch,
  readSessionsSearch,
  readStackSearch,
  readTracesSearch,
} from '../page/page-search';
import { readServiceSearch, readServicesSearch } from '../page/services-search';
import { readTimeSearch } from '../page/time-window';
import { readCompareTracesSearch, readTraceSearch } from '../page/trace/trace-search';
import { lazyPart } from '../ui/layout/lazy-part';
import { AppFrame } from './app-frame';
import { NotFoundPage } from './not-found-page';
import { onlyKnown } from './only-known';
import { PageError } from './page-error';

const rootRoute = createRootRoute({ component: AppFrame, notFoundComponent: NotFoundPage });

const overview = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyPart(() => import('../features/overview/overview-page'), 'OverviewPage'),
});
const services = createRoute({
  getParentRoute: () => rootRoute,
  path: '/services',
  validateSearch: onlyKnown(readServicesSearch),
  component: lazyPart(() => import('../features/services/map/services-page'), 'ServicesPage'),
});
const service = createRoute({
  getParentRoute: () => rootRoute,
  path: '/services/$name',
  validateSearch: onlyKnown(readServiceSearch),
  component: lazyPart(() => import('../features/services/service/service-page'), 'ServicePage'),
});
const traces = createRoute({
  getParentRoute: () => rootRoute,
  path: '/traces',
  validateSearch: onlyKnown(readTracesSearch),
  component: lazyPart(() => import('../features/traces/list/traces-page'), 'TracesPage'),
});
const trace = createRoute({
  getParentRoute: () => rootRoute,
  path: '/traces/$traceId',
  validateSearch: onlyKnown(readTraceSearch),
  component: lazyPart(() => import('../features/traces/trace/trace-page'), 'TracePage'),
});
const compareTraces = createRoute({
  getParentRoute: () => rootRoute,
  path: '/traces/compare',
  validateSearch: onlyKnown(readCompareTracesSearch),
  component: lazyPart(() => import('../features/traces/compare/compare-traces-page'), 'CompareTracesPage'),
});
const logs = createRoute({
  getParentRoute: () => rootRoute,
  path: '/logs',
  validateSearch: onlyKnown(readLogsSearch),
  component: lazyPart(() => import('../features/logs/logs-page'), 'LogsPage'),
});
const metrics = createRoute({
  getParentRoute: () => rootRoute,
  path: '/metrics',
  validateSearch: onlyKnown(readMetricsSearch),
  component: lazyPart(() => import('../features/metrics/metrics-page'), 'MetricsPage'),
});
const errors = createRoute({
  getParentRoute: () => rootRoute,
  path: '/errors',
  validateSearch: onlyKnown(readErrorsSearch),
  component: lazyPart(() => import('../features/errors/list/errors-page'), 'ErrorsPage'),
});
const runs = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs',
  validateSearch: onlyKnown(readRunsSearch),
  component: lazyPart(() => import('../features/runs/list/runs-page'), 'RunsPage'),
});
const run = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs/$ref',
  validateSearch: onlyKnown(readRunSearch),
  component: lazyPart(() => import('../features/runs/run/run-page'), 'RunPage'),
});
const compare = createRoute({
  getParentRoute: () => rootRoute,
  path: '/runs/compare',
  validateSearch: onlyKnown(readCompareSearch),
  component: lazyPart(() => import('../features/runs/compare/compare-page'), 'ComparePage'),
});
const findings = createRoute({
  getParentRoute: () => rootRoute,
  path: '/findings',
  validateSearch: onlyKnown(readTimeSearch),
  component: lazyPart(() => import('../features/findings/findings-page'), 'FindingsPage'),
});
const agents = createRoute({
  getParentRoute: () => rootRoute,
  path: '/agents',
  validateSearch: onlyKnown(readAgentsSearch),
  component: lazyPart(() => import('../features/agents/agents-page'), 'AgentsPage'),
});
const sessions = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sessions',
  validateSearch: onlyKnown(readSessionsSearch),
  component: lazyPart(() => import('../features/sessions/list/sessions-page'), 'SessionsPage'),
});
const session = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sessions/$ref',
  validateSearch: onlyKnown(readSessionSearch),
  component: lazyPart(() => import('../features/sessions/session/session-page'), 'SessionPage'),
});
const stack = createRoute({
  getParentRoute: () => rootRoute,
  path: '/stack',
  validateSearch: onlyKnown(readStackSearch),
  component: lazyPart(() => import('../features/stack/stack-page'), 'StackPage'),
});
const destinations = createRoute({
  getParentRoute: () => rootRoute,
  path: '/destinations',
  validateSearch: onlyKnown(readDestinationsSearch),
  component: lazyPart(() => import('../features/destinations/destinations-page'), 'DestinationsPage'),
});
const connect = createRoute({
  getParentRoute: () => rootRoute,
  path: '/connect',
  component: lazyPart(() => import('../features/connect/connect-page'), 'ConnectPage'),
});
const settings = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: lazyPart(() => import('../features/settings/settings-page'), 'SettingsPage'),
});

/** Every page at its address. */
export const routeTree = rootRoute.addChildren([
  overview,
  services,
  service,
  traces,
  trace,
  compareTraces,
  logs,
  metrics,
  errors,
  runs,
  run,
  compare,
  findings,
  agents,
  sessions,
  session,
  stack,
  destinations,
  connect,
  settings,
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultErrorComponent: PageError,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
