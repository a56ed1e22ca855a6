import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { describeError } from '../../client/describe-error';
import type { MetricsSearch } from '../../page/metrics-search';
import { PageHeader } from '../../page/page-header';
import { TimeScrubber } from '../../page/scrubber/time-scrubber';
import { TimeRangeControl } from '../../page/time-range-control';
import { keepTime } from '../../page/time-window';
import { SearchInput } from '../../ui/controls/search-input';
import { Select } from '../../ui/controls/select';
import { Tabs } from '../../ui/controls/tabs';
import { useSettledText } from '../../ui/controls/use-settled-text';
import { ProblemCard } from '../../ui/layout/problem-card';
import { Spinner } from '../../ui/marks/spinner';
import { MetricBoard } from './board/metric-board';
import { useBoard } from './board/use-board';
import { MetricExplorer } from './explorer/metric-explorer';
import { MetricHeader } from './explorer/metric-header';
import { MetricCatalogue } from './grid/metric-catalogue';
import { QueryBar } from './query/query-bar';
import { useMetricNames } from './query/use-metric-names';

const route = getRouteApi('/metrics');
const types = ['counter', 'gauge', 'histogram', 'summary'];

/** All metrics, the board, one metric, or a question in PromQL. */
export function MetricsPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const names = useMetricNames();
  const update = (patch: Partial<MetricsSearch>, replace = false) =>
    void navigate({ to: '/metrics', search: (before) => ({ ...before, ...patch }), replace });
  const [find, setFind] = useSettledText(search.find ?? '', (text) => update({ find: text || undefined }, true));
  const exploring = search.metric !== undefined || search.q !== undefined;
  const metric = names.describe(search.metric);
  const isKnown = names.isKnown(search.metric);

  return (
    <>
      <PageHeader title="Metrics">
        {exploring ? (
          <MetricHeader metric={metric} isKnown={isKnown} />
        ) : (
          <>
            <BoardTabs
              board={search.board === true}
              onChange={(board) =>
                void navigate({
                  to: '/metrics',
                  search: (before) => ({ ...keepTime(before), ...(board && { board }) }),
                })
              }
            />
            {!search.board && (
              <>
                <SearchInput
                  aria-label="Find a metric"
                  placeholder="Name, unit or description"
                  pageSearch
                  className="w-64"
                  value={find}
                  onChange={setFind}
                />
                <Select
                  label="Type"
                  className="w-28"
                  value={search.type ?? ''}
                  onChange={(type) => update({ type: type || undefined })}
                  options={[{ value: '', label: 'All types' }, ...types.map((each) => ({ value: each, label: each }))]}
                />
              </>
            )}
          </>
        )}
        <span className="ml-auto" />
        <TimeRangeControl />
        {!exploring && !search.board && <QueryBar query="" problem={null} onSubmit={(q) => q && update({ q })} />}
      </PageHeader>
      <TimeScrubber signal="spans" />
      {names.error && (
        <div className="p-4">
          <ProblemCard problem={describeError(names.error)} />
        </div>
      )}
      {search.board && !exploring ? (
        <MetricBoard />
      ) : exploring && (names.present || !names.error) ? (
        <MetricExplorer key={search.metric ?? ''} metric={metric} isKnown={isKnown} search={search} onChange={update} />
      ) : !names.present ? (
        !names.error && (
          <div className="p-4">
            <Spinner />
          </div>
        )
      ) : (
        <MetricCatalogue
          metrics={names.present}
          kept={names.kept ?? []}
          windowKey={names.windowKey}
          find={find}
          type={search.type ?? ''}
          namespace={search.ns}
          onNamespace={(ns) => update({ ns })}
        />
      )}
    </>
  );
}

function BoardTabs({ board, onChange }: { board: boolean; onChange: (board: boolean) => void }) {
  const { charts = [] } = useBoard();
  return (
    <Tabs
      label="Metrics"
      look="segment"
      value={board ? 'board' : 'all'}
      onChange={(value) => onChange(value === 'board')}
      tabs={[
        { value: 'all', label: 'All metrics' },
        { value: 'board', label: charts.length > 0 ? `Board · ${charts.length}` : 'Board' },
      ]}
    />
  );
}
