import { ChevronDown, ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import { formatDuration } from '../../../../shared/format-duration';
import type { Problem } from '../../../../shared/problem';
import { formatCount } from '../../../client/format-number';
import { formatDateTime } from '../../../client/format-time';
import { usePageKeys } from '../../../page/page-keys';
import { HeatMap, heatGutter } from '../../../ui/charts/heat-map';
import { labelTimes } from '../../../ui/charts/label-times';
import { timeTicks } from '../../../ui/charts/time-ticks';
import { Button } from '../../../ui/controls/button';
import { Tabs } from '../../../ui/controls/tabs';
import { Skeleton } from '../../../ui/layout/skeleton';
import { CopyButton } from '../../../ui/text/copy-button';
import type { SpanSelection } from '../differs/span-selection';
import { CountBars } from './count-bars';
import { slowBound } from './picture-columns';
import { durationTicks } from './picture-step';
import type { LatencyPicture as Picture } from './use-latency-picture';

interface LatencyPictureProps {
  /** Absent until it is known. */
  picture: Picture | undefined;
  problem: Problem | null;
  /** Only root spans are shown. */
  roots: boolean;
  onRoots: (roots: boolean) => void;
  selection: SpanSelection | null;
  onSelect: (selection: SpanSelection | null) => void;
  folded: boolean;
  onFold: (folded: boolean) => void;
  curl: () => string;
}

const height = 132;

/** How long spans took over time, how many there were and how many failed; a rectangle, what failed and what is slow can be selected. */
export function LatencyPicture(props: LatencyPictureProps) {
  const { picture, problem, roots, onRoots, selection, onSelect, folded, onFold, curl } = props;
  const slow = useMemo(() => (picture ? slowBound(picture.heat) : null), [picture]);
  const Chevron = folded ? ChevronRight : ChevronDown;
  const isChosen = (kind: SpanSelection['kind']) => selection?.kind === kind;
  const chooseSlow = () => slow !== null && onSelect(isChosen('slow') ? null : { kind: 'slow', overNs: slow });
  usePageKeys('Traces', [{ key: 's', label: 'What the slowest spans have that others have not', run: chooseSlow }]);
  return (
    <section aria-label="Durations over time" className="shrink-0 border-b border-line bg-surface px-4 py-1.5">
      <div className="flex flex-wrap items-center gap-2">
        <button
          type="button"
          aria-expanded={!folded}
          onClick={() => onFold(!folded)}
          className="flex items-center gap-1 text-xs font-medium text-muted hover:text-ink"
        >
          <Chevron size={14} aria-hidden />
          Durations over time
        </button>
        <Tabs
          label="Which spans"
          look="segment"
          value={roots ? 'roots' : 'all'}
          onChange={(value) => onRoots(value === 'roots')}
          tabs={[
            { value: 'all', label: 'All spans' },
            { value: 'roots', label: 'Root spans' },
          ]}
        />
        {picture && (
          <span className="text-xs text-muted tabular" data-testid="picture-count">
            {formatCount(picture.spans)} {picture.spans === 1 ? 'span' : 'spans'}
            {picture.errors > 0 && (
              <>
                , <span className="text-bad">{formatCount(picture.errors)} failed</span>
              </>
            )}
          </span>
        )}
        <span className="flex-1" />
        <span className="text-xs text-faint max-lg:hidden">What differs:</span>
        <Button
          size="sm"
          aria-pressed={isChosen('errors')}
          disabled={!picture || picture.errors === 0}
          title="What failed spans have that others have not"
          onClick={() => onSelect(isChosen('errors') ? null : { kind: 'errors' })}
        >
          Errors vs rest
        </Button>
        <Button
          size="sm"
          aria-pressed={isChosen('slow')}
          disabled={slow === null}
          title={
            slow === null
              ? undefined
              : `What the slowest have that others have not: those above ${formatDuration(slow)}`
          }
          onClick={chooseSlow}
        >
          Slow vs rest
        </Button>
        <CopyButton text={curl} what="the histogram as curl" label="curl" />
      </div>
      {!folded && (
        <div className="pt-1.5">
          {problem && (
            <p role="status" className="py-2 text-sm text-muted">
              {picture ? 'No newer picture' : 'No picture'} of durations:{' '}
              <span className="wrap-anywhere text-ink">{problem.message}</span> {problem.hint}
            </p>
          )}
          {picture ? (
            <Pictured picture={picture} selection={selection} onSelect={onSelect} />
          ) : (
            !problem && <Skeleton className="h-[180px] w-full" />
          )}
        </div>
      )}
    </section>
  );
}

function Pictured({
  picture,
  selection,
  onSelect,
}: Pick<LatencyPictureProps, 'selection' | 'onSelect'> & { picture: Picture }) {
  const { heat, from, to } = picture;
  const { ticks, step } = useMemo(() => timeTicks(from, to, 8), [from, to]);
  const labels = labelTimes(
    ticks.map((tick) => tick / 1000),
    step / 1000,
  );
  const rectangle =
    selection?.kind === 'box'
      ? { from: selection.from, to: selection.to, low: selection.lowNs, high: selection.highNs }
      : null;
  return (
    <>
      <HeatMap
        label="Spans by duration over time"
        cells={heat}
        height={height}
        formatX={formatDateTime}
        formatY={formatDuration}
        formatCount={(count) => `${formatCount(count)} ${count === 1 ? 'span' : 'spans'}`}
        ticks={ticks.map((at, index) => ({ at, label: labels[index]!.split('\n')[0]! }))}
        rowTicks={durationTicks(heat.ys[0]!, heat.ys.at(-1)!).map((at) => ({ at, label: formatDuration(at) }))}
        selection={rectangle}
        onSelect={(drawn) =>
          onSelect(drawn && { kind: 'box', from: drawn.from, to: drawn.to, lowNs: drawn.low, highNs: drawn.high })
        }
      />
      <div className="pt-1" style={{ marginLeft: heatGutter }}>
        <CountBars picture={picture} />
      </div>
    </>
  );
}
