import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Layers, X } from 'lucide-react';
import { useState } from 'react';
import type { FacetGroup, Facets } from '../../../../shared/contract/facets';
import type { TimeWindow } from '../../../../shared/contract/telemetry';
import { formatDuration } from '../../../../shared/format-duration';
import { tempoFacets } from '../../../../shared/requests/tempo-facets';
import { showPlainText } from '../../../../shared/show-plain-text';
import { client } from '../../../client/contract-client';
import { curlCommand } from '../../../client/curl-command';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { formatPace } from '../../../client/format-pace';
import { useHostStatus } from '../../../client/use-host-status';
import { NearestWindows } from '../../../page/kept/empty-window';
import { usePageKeys } from '../../../page/page-keys';
import { rowKeys } from '../../../page/row-keys';
import { classNames } from '../../../ui/class-names';
import { Button } from '../../../ui/controls/button';
import { EmptyState } from '../../../ui/layout/empty-state';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { Table, Td, Th } from '../../../ui/layout/table';
import { ServiceDot } from '../../../ui/marks/service-dot';
import { Spinner } from '../../../ui/marks/spinner';
import { CopyButton } from '../../../ui/text/copy-button';
import type { FieldActions } from '../facets/value-actions';
import { type GroupOrder, sortGroups } from './sort-groups';

interface GroupTableProps {
  query: string;
  /** As TraceQL writes it. */
  field: string;
  windowKey: string;
  resolveWindow: () => TimeWindow;
  follows: boolean;
  actions: FieldActions;
  onClose: () => void;
}

const most = 100;
const noDuration = 'How long these spans took is not known: they have not ended, or the backend does not tell it';
const everyMs = 15_000;

/** The spans of a query by the values of a field: how many, how often, how many failed, how long; a click narrows. */
export function GroupTable({ query, field, windowKey, resolveWindow, follows, actions, onClose }: GroupTableProps) {
  const host = useHostStatus();
  const asked = (window: TimeWindow) => ({ query, window, fields: [field], limit: most, durations: true });
  const grouped = useQuery({
    queryKey: ['grouped-spans', query, field, windowKey],
    queryFn: async ({ signal }) => {
      const window = resolveWindow();
      return {
        ...(await client.traces.facets(asked(window), { signal })),
        seconds: (window.to - window.from) / 1000,
      };
    },
    placeholderData: keepPreviousData,
    refetchInterval: follows ? everyMs : false,
    retry: false,
  });
  usePageKeys('Traces', [...rowKeys('group'), { key: 'Escape', label: 'Back to the traces', run: onClose }]);
  const { data, error } = grouped;
  const curl = () => {
    const { path, parameters } = tempoFacets(asked(resolveWindow()));
    return curlCommand(host?.endpoints.tempo ?? 'http://localhost:3200', path, parameters);
  };
  return (
    <section aria-label={`By ${field}`} data-testid="groups" className="flex min-h-0 flex-1 flex-col bg-surface">
      <header className="flex min-h-9 items-center gap-2 border-b border-line px-4">
        <h2 className="min-w-0 text-sm wrap-anywhere">
          By <span className="font-mono font-medium">{showPlainText(field)}</span>
        </h2>
        <Button size="sm" tone="quiet" onClick={onClose}>
          <X size={13} aria-hidden />
          Back to the traces
        </Button>
        <span className="flex-1" />
        {data && (
          <CopyButton
            text={() => describeGroups(query, field, data)}
            what="the groups for an agent"
            label="For an agent"
          />
        )}
        <CopyButton text={curl} what="the groups as curl" label="curl" />
      </header>
      <div className="min-h-0 flex-1 overflow-auto">
        {error ? (
          <div className="p-4">
            <ProblemCard problem={describeError(error)} />
          </div>
        ) : !data ? (
          <div className="p-6">
            <Spinner label="Counting" />
          </div>
        ) : data.spans === 0 ? (
          <EmptyState icon={Layers} title="No span matches" actions={<NearestWindows />}>
            A longer time window or fewer conditions may find some.
          </EmptyState>
        ) : (
          <Groups key={field} grouped={data} field={field} actions={actions} />
        )}
      </div>
    </section>
  );
}

const heads: readonly { order: GroupOrder | null; title: string; className?: string }[] = [
  { order: null, title: 'Value', className: 'pl-4' },
  { order: 'count', title: 'Spans' },
  { order: null, title: '', className: 'w-[28%] max-lg:hidden' },
  { order: null, title: 'Rate', className: 'text-right' },
  { order: 'errors', title: 'Failed' },
  { order: 'p95', title: 'p95', className: 'pr-4' },
];

function Groups({
  grouped: { spans, facets, seconds },
  field,
  actions,
}: {
  grouped: Facets & { seconds: number };
  field: string;
  actions: FieldActions;
}) {
  const [order, setOrder] = useState<GroupOrder>('count');
  const facet = facets[0];
  if (!facet) return null;
  const groups = sortGroups(facet.groups, order);
  const top = Math.max(1, ...groups.map(({ count }) => count));
  // Of a drawn part the counts are its own; rates are of all.
  const scale = facet.looked > 0 ? spans / facet.looked : 1;
  return (
    <>
      <Table>
        <thead className="sticky top-0 bg-surface">
          <tr>
            {heads.map((head, index) => (
              <Th
                // biome-ignore lint/suspicious/noArrayIndexKey: heads stand in order
                key={index}
                className={classNames(head.className, head.order && 'text-right')}
                aria-sort={head.order === null ? undefined : head.order === order ? 'descending' : 'none'}
              >
                {head.order === null ? (
                  head.title
                ) : (
                  <button
                    type="button"
                    onClick={() => setOrder(head.order!)}
                    className={classNames('hover:text-ink', head.order === order && 'text-ink')}
                  >
                    {head.title}
                    {head.order === order && ' ↓'}
                  </button>
                )}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <GroupRow
              key={group.condition ?? `${group.value}`}
              {...{ group, field, top, actions, rate: formatPace(Math.round(group.count * scale), seconds * 1000) }}
            />
          ))}
        </tbody>
      </Table>
      <div className="grid gap-0.5 px-4 py-2 text-xs text-muted tabular">
        {facet.others.spans > 0 && (
          <p>
            {facet.others.values === null
              ? `These are the ${groups.length} values of most spans; `
              : `${formatCount(facet.others.values)} more values of fewer spans are not shown; `}
            {formatCount(facet.others.spans)} spans have others.
          </p>
        )}
        {facet.looked < spans && (
          <p>
            Counted on {formatCount(facet.looked)} of {formatCount(spans)} spans, drawn over the whole window.
          </p>
        )}
      </div>
    </>
  );
}

function GroupRow({
  group: { value, condition, count, errors, p95Ns },
  field,
  top,
  rate,
  actions,
}: {
  group: FacetGroup;
  field: string;
  top: number;
  rate: string;
  actions: FieldActions;
}) {
  const name = value === null ? 'none' : value === '' ? '(empty)' : showPlainText(value);
  return (
    <tr className="hover:bg-hover">
      <Td className="max-w-0 min-w-40 pl-4">
        {condition === null ? (
          <span className="block truncate text-faint">{name}</span>
        ) : (
          <button
            type="button"
            data-list-row
            title={`Only ${condition}`}
            onClick={() => actions.include(condition)}
            className={classNames('block w-full truncate text-left hover:underline', value === null && 'text-faint')}
          >
            {field === 'resource.service.name' && value ? <ServiceDot service={value} /> : name}
          </button>
        )}
      </Td>
      <Td className="w-24 text-right">{formatCount(count)}</Td>
      <Td className="w-[28%] max-lg:hidden">
        <span
          className="flex h-2 overflow-hidden rounded-sm"
          style={{ width: `${(100 * count) / top}%`, minWidth: 2 }}
          aria-hidden
        >
          <span className="h-full bg-bad" style={{ width: `${(100 * errors) / Math.max(1, count)}%` }} />
          <span className="h-full flex-1 bg-accent/60" />
        </span>
      </Td>
      <Td className="w-28 text-right whitespace-nowrap text-muted">{rate}</Td>
      <Td className={classNames('w-28 text-right', errors > 0 ? 'text-bad' : 'text-faint')}>
        {errors > 0 ? `${formatCount(errors)} (${percent(errors / count)})` : '0'}
      </Td>
      <Td className="w-24 pr-4 text-right font-mono text-xs">
        {p95Ns === null ? (
          <span title={noDuration}>
            –<span className="sr-only"> {noDuration}</span>
          </span>
        ) : (
          formatDuration(p95Ns)
        )}
      </Td>
    </tr>
  );
}

function percent(share: number): string {
  return share >= 0.0995 ? `${Math.round(100 * share)} %` : `${(100 * share).toFixed(1)} %`;
}

function describeGroups(query: string, field: string, { facets: [facet], spans }: Facets): string {
  if (!facet) return '';
  return [
    `Spans of ${query} by ${field}: ${spans}${facet.looked < spans ? `, counted on ${facet.looked} of them` : ''}.`,
    ...facet.groups.map(
      ({ value, count, errors, p95Ns }) =>
        `${value === null ? '(none)' : JSON.stringify(value)}: ${count} spans, ${errors} failed${p95Ns === null ? '' : `, p95 ${formatDuration(p95Ns)}`}`,
    ),
    ...(facet.others.spans > 0 ? [`… ${facet.others.values ?? 'some'} more values, ${facet.others.spans} spans`] : []),
  ].join('\n');
}
