import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Workflow } from 'lucide-react';
import { useMemo } from 'react';
import { serviceGraphQueries } from '../../../../shared/requests/service-graph-queries';
import { curlCommand } from '../../../client/curl-command';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { useHostStatus } from '../../../client/use-host-status';
import { EmptyWindow } from '../../../page/kept/empty-window';
import { PageBody } from '../../../page/page-body';
import { PageHeader } from '../../../page/page-header';
import { usePageKeys } from '../../../page/page-keys';
import { rowKeys } from '../../../page/row-keys';
import { TimeScrubber } from '../../../page/scrubber/time-scrubber';
import { pathOfService } from '../../../page/service-path';
import { readServicesSearch } from '../../../page/services-search';
import { TimeRangeControl } from '../../../page/time-range-control';
import { keepTime } from '../../../page/time-window';
import { describeMissing } from '../../../page/why-not-answered';
import { classNames } from '../../../ui/class-names';
import { Button } from '../../../ui/controls/button';
import { SearchInput } from '../../../ui/controls/search-input';
import { Tabs } from '../../../ui/controls/tabs';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Spinner } from '../../../ui/marks/spinner';
import { CopyButton } from '../../../ui/text/copy-button';
import { describeGraph } from './describe-graph';
import { type MapNode, makeGraph } from './make-graph';
import { MapLegend } from './map-legend';
import { nextFailing } from './next-failing';
import { NodePanel } from './node-panel';
import { ServiceMap } from './service-map';
import { ServicesTable } from './services-table';
import { useServiceGraph } from './use-service-graph';

/** The services of the time window, as a map of who calls whom or as a table. */
export function ServicesPage() {
  const search = readServicesSearch(useSearch({ strict: false }) as Record<string, unknown>);
  const { table = false, text = '', node: asked } = search;
  const navigate = useNavigate();
  const status = useHostStatus();
  const { data, error, graph, withoutCalls } = useServiceGraph(table);
  const calls = graph.data;
  const drawn = useMemo(() => data && makeGraph(calls?.edges ?? [], data.services), [data, calls]);
  const set = (next: { table?: boolean | undefined; text?: string | undefined; node?: string | undefined }) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...next }), replace: true });
  const selected = drawn?.nodes.find(({ id, name }) => id === asked || name === asked) ?? null;
  const open = ({ kind, name }: MapNode) => {
    if (kind !== 'service') return;
    void navigate({ to: '/services/$name', params: { name: pathOfService(name) }, search: keepTime });
  };
  const openSelected = () => {
    if (selected) open(selected);
  };
  const toFailing = () => {
    const next = nextFailing(
      drawn?.nodes ?? [],
      table ? document.activeElement?.getAttribute('data-service') : selected?.id,
    );
    if (next === undefined) return;
    if (table) document.querySelector<HTMLElement>(`main [data-service=${CSS.escape(next)}]`)?.focus();
    else set({ node: next });
  };
  usePageKeys('Services', [
    { key: 'e', label: 'To the service that fails most, then to the next', run: toFailing },
    { key: 'm', label: table ? 'Show the map' : 'Show the table', run: () => set({ table: table ? undefined : true }) },
    ...(table
      ? rowKeys('service')
      : [{ key: 'Enter', label: 'Open the service that is looked at', run: openSelected }]),
  ]);
  const { failed, without } = describeMissing(status, data?.missing ?? []);
  const windowMs = data ? data.window.to - data.window.from : 1;
  const isEmpty =
    data !== undefined && !data.services.some(({ spans, logs, metrics }) => spans > 0 || logs > 0 || metrics);
  return (
    <>
      <PageHeader title="Services">
        <SearchInput
          pageSearch
          aria-label="Find a service"
          placeholder="Find a service"
          className="w-56"
          value={text}
          onChange={(next: string) => set({ text: next || undefined })}
        />
        <Tabs
          label="How services are shown"
          look="segment"
          value={table ? 'table' : 'map'}
          onChange={(next) => set({ table: next === 'table' ? true : undefined })}
          tabs={[
            { value: 'map', label: 'Map' },
            { value: 'table', label: 'Table' },
          ]}
        />
        <span className="flex-1" />
        {status && status.endpoints.prometheus !== '' && data && (
          <CopyButton
            text={() =>
              curlCommand(status.endpoints.prometheus, '/api/v1/query', {
                query: serviceGraphQueries(data.window).requests,
                time: data.window.to / 1000,
              })
            }
            what="the query of the calls as curl"
            label="curl"
          />
        )}
        {drawn && data && (
          <CopyButton
            text={() => describeGraph(drawn, data.window)}
            what="the calls for an agent"
            label="For an agent"
          />
        )}
        <TimeRangeControl />
      </PageHeader>
      <TimeScrubber signal="spans" />
      {error && !data ? (
        <div className="p-4">
          <ProblemCard problem={describeError(error)} />
        </div>
      ) : !data || !drawn ? (
        <div className="p-6">
          <Spinner label="Looking" />
        </div>
      ) : isEmpty && data.missing.length === 0 ? (
        <EmptyWindow
          icon={Workflow}
          signal="spans"
          title="No service sent anything in this window"
          first={{ title: 'No service has sent a span yet' }}
          actions={<Button render={<Link to="/connect" />}>Connect an app</Button>}
        >
          A service stands here from its first span, log line or metric on.
        </EmptyWindow>
      ) : (
        <>
          {without.map((reason) => (
            <p key={reason} className={classNames(noteStyle, 'text-muted')}>
              {reason}
            </p>
          ))}
          {notes({ failed, drawn, calls, withoutCalls, failure: graph.error }).map((note) => (
            <p key={note} className={classNames(noteStyle, 'text-warn')}>
              {note}
            </p>
          ))}
          {table ? (
            <PageBody className="max-w-none">
              <ServicesTable services={data.services} graph={drawn} windowMs={windowMs} text={text} />
            </PageBody>
          ) : (
            <div className="flex min-h-0 flex-1">
              <div className="relative flex min-w-0 flex-1">
                <ServiceMap
                  graph={drawn}
                  windowMs={windowMs}
                  selected={selected?.id ?? null}
                  text={text}
                  onSelect={(id) => set({ node: id ?? undefined })}
                  onOpen={(id) => {
                    const found = drawn.nodes.find((each) => each.id === id);
                    if (found) open(found);
                  }}
                />
                <MapLegend />
              </div>
              {selected && (
                <NodePanel
                  node={selected}
                  graph={drawn}
                  windowMs={windowMs}
                  onSelect={(id) => set({ node: id ?? undefined })}
                />
              )}
            </div>
          )}
        </>
      )}
    </>
  );
}

const noteStyle = 'border-b border-line bg-surface px-4 py-1.5 text-sm';

interface Noted {
  failed: string | null;
  drawn: { nodes: readonly unknown[]; total: number };
  calls: { edges: readonly unknown[]; total: number; leftOut?: string[] | undefined } | undefined;
  withoutCalls: string | null;
  failure: unknown;
}

/** What is not on the map, with its true number. */
function notes({ failed, drawn, calls, withoutCalls, failure }: Noted): string[] {
  return [
    ...(failed === null ? [] : [failed]),
    ...(withoutCalls === null ? [] : [`Who calls whom is not known: ${withoutCalls}`]),
    ...(calls?.leftOut ?? []),
    ...(failure && !calls ? [`Who calls whom is not known: ${describeError(failure).message}`] : []),
    ...(drawn.total > drawn.nodes.length
      ? [
          `The ${formatCount(drawn.nodes.length)} busiest of ${formatCount(drawn.total)} services, databases and queues are drawn.`,
        ]
      : []),
    ...(calls && calls.total > calls.edges.length
      ? [
          `The ${formatCount(calls.edges.length)} busiest of ${formatCount(calls.total)} pairs of caller and called are known here.`,
        ]
      : []),
  ];
}
