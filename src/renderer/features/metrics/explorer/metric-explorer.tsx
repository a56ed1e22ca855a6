import { describeError } from '../../../client/describe-error';
import { errorInstead } from '../../../client/loading/error-instead';
import type { MetricsSearch } from '../../../page/metrics-search';
import { usePageKeys } from '../../../page/page-keys';
import { useTimeRange } from '../../../page/use-time-range';
import { chooseStep } from '../../../ui/charts/choose-step';
import { Tabs } from '../../../ui/controls/tabs';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { RefusedQuery } from '../../../ui/layout/refused-query';
import { Spinner } from '../../../ui/marks/spinner';
import { copyText } from '../../../ui/text/copy-text';
import { type LabelMatcher, renderMatchers, withMatcher } from '../metric/label-matchers';
import type { Metric } from '../metric/metric';
import { labelsSelector } from '../metric/metric-selector';
import { followingTimes, queryTimes } from '../metric/query-times';
import { useLabelCounts } from '../query/use-label-counts';
import { useMetricQuery } from '../query/use-metric-query';
import { useRangeCurl } from '../query/use-range-curl';
import { useSeriesCount } from '../query/use-series-count';
import { Breakdown } from './breakdown';
import { describeMetricForAgent } from './describe-metric-for-agent';
import { ExplorerControls } from './explorer-controls';
import { MetricChart } from './metric-chart';
import { MetricHeat } from './metric-heat';
import { metricLink } from './metric-link';
import { matchersOf, metricQuestion } from './metric-question';
import { ValueTable } from './value-table';

interface MetricExplorerProps {
  /** Null for a query of its own. */
  metric: Metric | null;
  /** Whether it is known yet what kind of metric it is; its labels are asked for meanwhile. */
  isKnown: boolean;
  search: MetricsSearch;
  onChange: (patch: Partial<MetricsSearch>) => void;
}

/** One metric through the questions of its kind, or any PromQL. */
export function MetricExplorer({ metric, isKnown, search, onChange }: MetricExplorerProps) {
  const { resolve } = useTimeRange();
  const window = resolve();
  const stepSeconds = chooseStep(window);
  const whole = metric ? labelsSelector(metric.name) : '';
  const all = useLabelCounts(whole);
  const matchers = matchersOf(
    search,
    (all.data ?? []).map(({ label }) => label),
  );
  const match = metric ? labelsSelector(metric.name, renderMatchers(matchers)) : '';
  const matched = useLabelCounts(all.data ? match : '');
  const counts = matched.data ?? all.data ?? [];
  const asked = search.q;
  const told = metric && isKnown && !all.isPending ? { metric, search, counts: all.data ?? [] } : undefined;
  const question = told && metricQuestion({ ...told, times: queryTimes(told.metric, window, stepSeconds) });
  const view = asked === undefined ? question?.view : undefined;
  const query = asked ?? question?.query ?? '';
  // An increase is one over the time that its title names.
  const pinned =
    view && told && view.id !== 'increase' ? metricQuestion({ ...told, times: followingTimes }).query : query;
  const unit = view?.unit ?? '';
  const title = view ? view.label : 'Query';
  const answer = useMetricQuery(query, { compared: search.compare === true && !view?.heat });
  const total = useSeriesCount(asked === undefined ? question?.countQuery : undefined);
  const curl = useRangeCurl(query);
  const problem = answer.isError ? describeError(answer.error) : null;
  const refused = problem?.kind === 'query' ? problem : null;
  const matchOne = (added: LabelMatcher) =>
    onChange({
      where: renderMatchers(withMatcher(matchers, added)),
      service: undefined,
      q: undefined,
      split: undefined,
    });
  const forAgent = () =>
    describeMetricForAgent({
      title: metric ? `${metric.name}: ${title}` : title,
      help: metric?.help ?? '',
      unit,
      query,
      window: answer.data?.window ?? window,
      step: answer.data?.step ?? stepSeconds,
      series: answer.data?.series ?? [],
      warnings: answer.data?.warnings ?? [],
      curl: curl(),
      link: metricLink(),
    });
  usePageKeys('Metrics', [
    { key: 'a', label: 'Copy for an agent', run: () => void copyText(forAgent(), 'the chart for an agent') },
    {
      key: 'w',
      label: 'Compare with the window before',
      run: () => onChange({ compare: search.compare ? undefined : true }),
    },
    { key: 't', label: 'Values as a table', run: () => onChange({ table: search.table ? undefined : true }) },
  ]);

  return (
    <>
      <ExplorerControls
        metric={metric}
        question={question}
        counts={counts}
        match={whole}
        search={search}
        query={query}
        pinned={pinned}
        unit={unit}
        refused={refused}
        forAgent={forAgent}
        onChange={onChange}
        onMatch={matchOne}
      />
      {problem && !refused && (
        <div className="p-4">
          <ProblemCard problem={problem} />
        </div>
      )}
      {refused ? (
        <RefusedQuery language="PromQL" query={query} problem={refused} onChoose={(q) => onChange({ q })} />
      ) : answer.data && !errorInstead(answer) ? (
        <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-4">
          {view?.heat ? (
            <MetricHeat name={metric!.name} answer={answer.data} unit={unit} />
          ) : (
            <MetricChart
              answer={answer.data}
              unit={unit}
              title={title}
              total={total}
              compared={search.compare === true}
              hasExemplarValues={view?.hasExemplarValues === true}
            />
          )}
          {(metric || search.table) && (
            <>
              {metric && (
                <Tabs
                  label="Beside the chart"
                  value={search.table || asked !== undefined ? 'table' : 'labels'}
                  onChange={(part) => onChange(part === 'table' ? { table: true } : { table: undefined, q: undefined })}
                  tabs={[
                    { value: 'labels', label: 'By label' },
                    { value: 'table', label: 'Values now' },
                  ]}
                />
              )}
              {search.table || asked !== undefined ? (
                <ValueTable
                  query={asked ?? (view?.heat ? (question?.views[1]?.query ?? '') : (view?.query ?? ''))}
                  unit={unit}
                />
              ) : (
                metric && (
                  <Breakdown
                    metric={metric}
                    viewId={view?.id}
                    matchers={matchers}
                    counts={counts}
                    split={search.split}
                    onSplit={(split) => onChange({ split })}
                    onGroup={(label) => onChange({ by: label })}
                    onMatch={matchOne}
                  />
                )
              )}
            </>
          )}
        </div>
      ) : (
        !problem && (
          <div className="p-4">
            <Spinner />
          </div>
        )
      )}
    </>
  );
}
