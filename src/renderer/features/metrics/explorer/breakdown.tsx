import { SlidersHorizontal } from 'lucide-react';
import { showPlainText } from '../../../../shared/show-plain-text';
import { formatCount } from '../../../client/format-number';
import { useTimeRange } from '../../../page/use-time-range';
import { chooseStep } from '../../../ui/charts/choose-step';
import { Button } from '../../../ui/controls/button';
import { EmptyState } from '../../../ui/layout/empty-state';
import { MiddleCut } from '../../../ui/marks/middle-cut';
import { greatestSeries } from '../metric/greatest-series';
import { type LabelMatcher, renderMatchers } from '../metric/label-matchers';
import type { Metric } from '../metric/metric';
import { defaultView, metricViews } from '../metric/metric-views';
import { queryTimes } from '../metric/query-times';
import { manyValues, rankLabels } from '../metric/rank-labels';
import { tileLines } from '../metric/tile-view';
import { tilePoints } from '../query/use-tile-query';
import { TileChart } from '../tile/tile-chart';
import { TileFrame } from '../tile/tile-frame';
import { ValueTiles } from './value-tiles';

interface LabelCount {
  label: string;
  total: number;
  values: string[];
}

interface BreakdownProps {
  metric: Metric;
  /** The function that the chart above shows. */
  viewId: string | undefined;
  matchers: readonly LabelMatcher[];
  /** Labels of the series that match. */
  counts: readonly LabelCount[];
  split: string | undefined;
  onSplit: (label: string | undefined) => void;
  onGroup: (label: string) => void;
  onMatch: (matcher: LabelMatcher) => void;
}

/** The metric by each of its labels, small; or by the values of one of them. */
export function Breakdown({ metric, viewId, matchers, counts, split, onSplit, onGroup, onMatch }: BreakdownProps) {
  const { resolve } = useTimeRange();
  const window = resolve();
  const times = queryTimes(metric, window, chooseStep(window, tilePoints));
  const viewBy = (label: string) => {
    const views = metricViews(metric, { range: times.range, by: [label], matcher: renderMatchers(matchers) });
    const chosen = views.find(({ id, heat, each }) => id === viewId && !heat && !each);
    return chosen ?? defaultView(views)!;
  };
  const { telling, same } = rankLabels(counts);
  const chosen = counts.find(({ label }) => label === split);
  if (chosen) {
    const { query, unit } = viewBy(chosen.label);
    return (
      <ValueTiles
        label={chosen.label}
        total={chosen.total}
        query={query}
        unit={unit}
        times={times}
        onBack={() => onSplit(undefined)}
        onMatch={onMatch}
      />
    );
  }
  return (
    <div className="grid gap-3">
      {telling.length === 0 &&
        (counts.length === 0 ? (
          <EmptyState icon={SlidersHorizontal} title="No series in this window">
            Its labels stand here once a sample comes.
          </EmptyState>
        ) : (
          <EmptyState icon={SlidersHorizontal} title="No label tells its series apart">
            Every label of this metric has one value here.
          </EmptyState>
        ))}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(20rem,1fr))] gap-2.5">
        {telling.map(({ label, total }) => {
          const view = viewBy(label);
          const query = total > tileLines ? greatestSeries(view.query, tileLines, times) : view.query;
          const shown = showPlainText(label);
          return (
            <TileFrame
              key={label}
              title={
                <button
                  type="button"
                  title={`Each value of ${shown}`}
                  onClick={() => onSplit(label)}
                  className="flex max-w-full font-mono underline-offset-2 hover:text-accent hover:underline"
                >
                  <MiddleCut name={shown} />
                </button>
              }
              note={
                total > manyValues ? (
                  <span className="text-warn">{formatCount(total)} values: very many</span>
                ) : (
                  `${formatCount(total)} values`
                )
              }
              actions={
                <Button size="sm" tone="quiet" aria-label={`Group by ${shown}`} onClick={() => onGroup(label)}>
                  Group by
                </Button>
              }
            >
              <TileChart label={`${view.label} by ${shown}`} query={query} unit={view.unit} total={total} />
            </TileFrame>
          );
        })}
      </div>
      {same.length > 0 && (
        <p className="text-xs text-muted wrap-anywhere">
          The same for all:{' '}
          <span className="font-mono">
            {showPlainText(same.map(({ label, values }) => `${label}=${values[0] ?? ''}`).join('  '))}
          </span>
        </p>
      )}
    </div>
  );
}
