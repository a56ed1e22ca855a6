import { Link } from '@tanstack/react-router';
import { showPlainText } from '../../../../shared/show-plain-text';
import { keepTime } from '../../../page/time-window';
import { useTimeRange } from '../../../page/use-time-range';
import { chooseStep } from '../../../ui/charts/choose-step';
import { Ago } from '../../../ui/marks/ago';
import { MiddleCut } from '../../../ui/marks/middle-cut';
import { PinButton } from '../board/pin-button';
import type { Metric } from '../metric/metric';
import { followingTimes, queryTimes } from '../metric/query-times';
import { tileView } from '../metric/tile-view';
import { tilePoints } from '../query/use-tile-query';
import { TileChart } from '../tile/tile-chart';
import { TileFrame } from '../tile/tile-frame';
import { useLastSeen } from './use-last-seen';

interface MetricTileProps {
  metric: Metric;
  /** Whether there may be more services than lines; nothing is asked before that is known. */
  many: boolean | undefined;
  current: boolean;
}

/** A metric by the usual function of its kind; leads to all that can be asked of it. */
export function MetricTile({ metric, many, current }: MetricTileProps) {
  const { resolve } = useTimeRange();
  const window = resolve();
  const times = queryTimes(metric, window, chooseStep(window, tilePoints));
  const viewIn = (some: typeof times) => tileView(metric, { times: some, many: many ?? false });
  const view = viewIn(times);
  const shown = showPlainText(metric.name);
  return (
    <TileFrame
      title={<MetricLink metric={metric} />}
      note={saysUnit(metric.unit) ? view.label : `${view.label} · ${showPlainText(metric.unit)}`}
      current={current}
      actions={<PinButton title={metric.name} query={viewIn(followingTimes).query} unit={view.unit} />}
    >
      <TileChart
        label={`${shown}: ${view.label}`}
        query={many === undefined ? '' : view.query}
        unit={view.unit}
        countQuery={view.countQuery}
      />
    </TileFrame>
  );
}

/** Units that stand with each value, and none. */
function saysUnit(unit: string): boolean {
  return /^(|1|s|seconds|ms|milliseconds|By|bytes|ratio)$/.test(unit);
}

/** A metric of which the window has nothing. */
export function IdleTile({ metric, current }: { metric: Metric; current: boolean }) {
  const seen = useLastSeen(metric);
  return (
    <TileFrame title={<MetricLink metric={metric} />} note={showPlainText(metric.type)} current={current} dimmed>
      <p className="grid h-32 place-items-center text-xs">
        {seen === undefined ? (
          ''
        ) : seen === null ? (
          'Not in the week before'
        ) : (
          <span>
            Last seen <Ago at={seen} />
          </span>
        )}
      </p>
    </TileFrame>
  );
}

function MetricLink({ metric }: { metric: Metric }) {
  const shown = showPlainText(metric.name);
  return (
    <Link
      to="/metrics"
      search={(before) => ({ ...keepTime(before), metric: metric.name })}
      aria-label={shown}
      title={showPlainText(metric.help ? `${metric.name}\n${metric.help}` : metric.name)}
      className="flex font-mono leading-6 underline-offset-2 hover:text-accent hover:underline"
    >
      <MiddleCut name={shown} />
    </Link>
  );
}
