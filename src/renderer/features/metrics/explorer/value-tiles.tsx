import { ChevronLeft } from 'lucide-react';
import { showPlainText } from '../../../../shared/show-plain-text';
import { describeError } from '../../../client/describe-error';
import { formatCount } from '../../../client/format-number';
import { Button } from '../../../ui/controls/button';
import { ProblemCard } from '../../../ui/layout/problem-card';
import { MiddleCut } from '../../../ui/marks/middle-cut';
import { Spinner } from '../../../ui/marks/spinner';
import { greatestSeries } from '../metric/greatest-series';
import type { LabelMatcher } from '../metric/label-matchers';
import type { QueryTimes } from '../metric/query-times';
import { useTileQuery } from '../query/use-tile-query';
import { TileLines } from '../tile/tile-chart';
import { TileFrame } from '../tile/tile-frame';

interface ValueTilesProps {
  label: string;
  /** How many values the label has. */
  total: number;
  /** One series a value. */
  query: string;
  unit: string;
  times: QueryTimes;
  onBack: () => void;
  onMatch: (matcher: LabelMatcher) => void;
}

/** Charts that one page can show without being scrolled for long. */
const shownValues = 60;

/** A chart for each value of a label, to go on with one of them or without it. */
export function ValueTiles(props: ValueTilesProps) {
  const { label, total, query, unit, times, onBack, onMatch } = props;
  const asked = total > shownValues ? greatestSeries(query, shownValues, times) : query;
  const answer = useTileQuery(asked);
  const shown = showPlainText(label);
  const series = answer.data?.series ?? [];
  return (
    <div className="grid gap-2.5">
      <div className="flex items-center gap-2">
        <Button size="sm" tone="quiet" onClick={onBack}>
          <ChevronLeft size={14} aria-hidden />
          All labels
        </Button>
        <h2 className="text-sm">
          <span className="font-mono font-medium">{shown}</span>{' '}
          <span className="text-muted">
            {formatCount(total)} {total === 1 ? 'value' : 'values'}
            {total > shownValues && `: the ${shownValues} greatest, ${formatCount(total - shownValues)} left out`}
          </span>
        </h2>
      </div>
      {answer.isPending && <Spinner />}
      {answer.isError && <ProblemCard problem={describeError(answer.error)} />}
      {answer.data && series.length === 0 && <p className="text-sm text-muted">No samples in this window.</p>}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(20rem,1fr))] gap-2.5">
        {series.map((each) => {
          const value = each.labels[label] ?? '';
          const told = showPlainText(value) || '(none)';
          return (
            <TileFrame
              key={JSON.stringify(each.labels)}
              title={
                <span className="flex font-mono" title={told}>
                  <MiddleCut name={told} />
                </span>
              }
              actions={
                <>
                  <Button
                    size="sm"
                    tone="quiet"
                    aria-label={`Only ${told}`}
                    onClick={() => onMatch({ label, operator: '=', value })}
                  >
                    Only
                  </Button>
                  <Button
                    size="sm"
                    tone="quiet"
                    aria-label={`Without ${told}`}
                    onClick={() => onMatch({ label, operator: '!=', value })}
                  >
                    Without
                  </Button>
                </>
              }
            >
              <TileLines label={told} answer={{ ...answer.data!, series: [each] }} unit={unit} />
            </TileFrame>
          );
        })}
      </div>
    </div>
  );
}
