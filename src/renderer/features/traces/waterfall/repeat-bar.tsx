import { memo, useMemo } from 'react';
import { formatDuration } from '../../../../shared/format-duration';
import type { Stretch } from '../../../../shared/trace/find-critical-path';
import type { TraceLayout } from '../../../../shared/trace/layout-trace';
import type { Repeat } from '../../../../shared/trace-paths/find-repeats';
import { serviceColour } from '../../../ui/marks/service-colour';
import { placeLabel } from './place-label';
import { criticalBehind, joinStretches, sumRepeat } from './repeat-sums';
import { placeOf, type View } from './time-axis';

interface RepeatBarProps {
  layout: TraceLayout;
  repeat: Repeat;
  view: View;
  critical: ReadonlyMap<number, readonly Stretch[]>;
}

/** Gaps that are a smaller part of the view are not drawn. */
const leastGap = 1 / 600;
const mostStretches = 300;

/** Siblings that do the same in one line: when one of them ran, what failed, and when the trace waited for them. */
export const RepeatBar = memo(function RepeatBar({ layout, repeat, view, critical }: RepeatBarProps) {
  const { total } = useMemo(() => sumRepeat(layout, repeat), [layout, repeat]);
  const waited = useMemo(() => criticalBehind(layout, repeat, critical), [layout, repeat, critical]);
  const gap = (view.to - view.from) * leastGap;
  const stretchesOf = (failed: boolean) =>
    joinStretches(
      repeat.positions.flatMap((position) => {
        const { start, end, span } = layout.nodes[position]!;
        const inView = end >= view.from && start <= view.to;
        return inView && (span.status.code === 'error') === failed ? [{ from: start, to: end }] : [];
      }),
      gap,
    ).slice(0, mostStretches);
  const nodes = repeat.positions.map((position) => layout.nodes[position]!);
  const left = placeOf(nodes[0]!.start, view);
  const right = placeOf(
    nodes.reduce((last, { end }) => Math.max(last, end), 0),
    view,
  );
  if (right < 0 || left > 100) return null;
  const label = `${formatDuration(total)} in all`;
  const at = (time: number) => `${placeOf(time, view)}%`;
  const wide = ({ from, to }: Stretch) => `${Math.max(0, placeOf(to, view) - placeOf(from, view))}%`;
  return (
    <>
      <span
        className="absolute top-3.25 h-0.5 opacity-40"
        style={{ left: `${left}%`, width: `${right - left}%`, background: serviceColour(repeat.service) }}
      />
      {[false, true].map((failed) =>
        stretchesOf(failed).map((stretch) => (
          <span
            key={`${failed} ${stretch.from}`}
            className="absolute top-2 h-3 min-w-0.5 rounded-xs"
            style={{
              left: at(stretch.from),
              width: wide(stretch),
              background: failed ? 'var(--color-bad)' : serviceColour(repeat.service),
            }}
          />
        )),
      )}
      {joinStretches(waited, gap)
        .slice(0, mostStretches)
        .map((stretch) => (
          <span
            key={stretch.from}
            className="absolute top-5.5 h-0.5 min-w-px bg-ink"
            style={{ left: at(stretch.from), width: wide(stretch) }}
          />
        ))}
      <span
        className="absolute top-1.5 rounded bg-surface px-1 font-mono text-2xs whitespace-nowrap text-ink"
        style={placeLabel(left, right, label)}
      >
        {label}
      </span>
    </>
  );
});
