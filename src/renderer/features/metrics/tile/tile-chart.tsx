import { useMemo, useState } from 'react';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { errorInstead } from '../../../client/loading/error-instead';
import { alignSeries } from '../../../ui/charts/align-series';
import { describeSeries } from '../../../ui/charts/describe-series';
import { formatValue } from '../../../ui/charts/format-value';
import { MiniChart } from '../../../ui/charts/mini-chart';
import { Button } from '../../../ui/controls/button';
import { Skeleton } from '../../../ui/layout/skeleton';
import { Spinner } from '../../../ui/marks/spinner';
import { tileLines } from '../metric/tile-view';
import { useSeriesCount } from '../query/use-series-count';
import { type TileAnswer, useTileQuery } from '../query/use-tile-query';
import { keepGreatest } from './keep-greatest';
import { TileLegend } from './tile-legend';

interface TileChartProps {
  /** What it shows, for who does not see it. */
  label: string;
  query: string;
  unit: string;
  /** How many series there are, where the query answers at most the greatest of them: their number, or the query for it. */
  total?: number | undefined;
  countQuery?: string | undefined;
  height?: number;
}

/** More series than these take the backend seconds to put in order: that is done when somebody asks for it. */
const rankedAtOnce = 10_000;

/** Of the times and names under the plot: what stands in its place is as high as it. */
const below = 31;

/** The lines of a query, small, with their names. */
export function TileChart({ label, query, unit, total, countQuery, height = 92 }: TileChartProps) {
  const [wanted, setWanted] = useState(false);
  const isLarge = total !== undefined && total > rankedAtOnce;
  const answer = useTileQuery(isLarge && !wanted ? '' : query);
  const style = { height: height + below };
  if (isLarge && !wanted) {
    return (
      <div style={style} className="grid place-items-center">
        <Button size="sm" onClick={() => setWanted(true)}>
          Show the {tileLines} greatest
        </Button>
      </div>
    );
  }
  const problem = answer.isError ? describeError(answer.error) : null;
  if (problem && errorInstead(answer)) {
    return (
      <p className="overflow-hidden px-1 py-2 text-xs text-bad wrap-anywhere" style={style} title={problem.hint}>
        {problem.message}
      </p>
    );
  }
  if (!answer.data) {
    return isLarge ? (
      <div style={style} className="grid place-items-center">
        <Spinner label={`Comparing ${formatCount(total)}`} />
      </div>
    ) : (
      <div style={style} className="py-1">
        <Skeleton className="size-full" />
      </div>
    );
  }
  return (
    <div className="relative">
      <TileLines label={label} answer={answer.data} unit={unit} height={height} total={total} countQuery={countQuery} />
      {problem && (
        <p className="absolute inset-x-0 top-0 truncate bg-surface/85 px-1 text-2xs text-bad" title={problem.message}>
          {problem.message}
        </p>
      )}
    </div>
  );
}

interface TileLinesProps {
  label: string;
  answer: TileAnswer;
  unit: string;
  height?: number;
  total?: number | undefined;
  countQuery?: string | undefined;
}

/** The lines of an answer that is there already. */
export function TileLines({ label, answer, unit, height = 92, total, countQuery }: TileLinesProps) {
  const { series, left } = useMemo(() => keepGreatest(answer.series, tileLines), [answer]);
  const counted = useSeriesCount(series.length >= tileLines ? countQuery : undefined);
  const looks = useMemo(() => describeSeries(series), [series]);
  const { times, columns } = useMemo(() => alignSeries(series, answer.step), [series, answer.step]);
  if (series.length === 0) {
    return (
      <p className="grid place-items-center text-xs text-faint" style={{ height: height + below }}>
        {answer.series.length > 0 ? 'No number in this window' : 'No samples in this window'}
      </p>
    );
  }
  const leftOut = Math.max(left, (total ?? counted ?? 0) - series.length);
  return (
    <>
      <MiniChart
        label={label}
        window={answer.window}
        times={times}
        lines={looks.map((look, index) => ({ ...look, column: columns[index]! }))}
        format={(value) => formatValue(value, unit)}
        height={height}
      />
      <TileLegend
        entries={looks.map((look, index) => ({ ...look, last: columns[index]!.findLast((value) => value !== null) }))}
        unit={unit}
        note={leftOut > 0 ? `${formatCount(leftOut)} left out` : ''}
      />
    </>
  );
}
