import { memo } from 'react';
import { formatDuration } from '../../../../shared/format-duration';
import { timingLabels } from '../../../../shared/trace/describe-timing';
import type { Stretch } from '../../../../shared/trace/find-critical-path';
import type { SpanNode } from '../../../../shared/trace/layout-trace';
import { serviceColour } from '../../../ui/marks/service-colour';
import { placeLabel } from './place-label';
import { joinStretches } from './repeat-sums';
import { placeOf, type View } from './time-axis';

interface SpanBarProps {
  node: SpanNode;
  view: View;
  own: readonly Stretch[];
  critical: readonly Stretch[] | undefined;
  /** Offsets of log lines of this span. */
  logs: readonly number[];
  traceStartNs: string;
}

/** Gaps that are a smaller part of the view are not drawn; nor are more marks than would stand apart. */
const leastGap = 1 / 600;
const mostStretches = 300;

/**
 * One span in time: pale where its children ran, solid where it worked itself, a line below where it lay on the critical
 * path, ticks for its events and log lines.
 */
export const SpanBar = memo(function SpanBar({ node, view, own, critical, logs, traceStartNs }: SpanBarProps) {
  const left = placeOf(node.start, view);
  const right = placeOf(node.end, view);
  if (right < 0 || left > 100) return null;
  const colour = node.span.status.code === 'error' ? 'var(--color-bad)' : serviceColour(node.span.service);
  const label = node.span.timing ? timingLabels[node.span.timing] : formatDuration(node.span.durationNs);
  const gap = (view.to - view.from) * leastGap;
  const at = (time: number) => `${placeOf(time, view)}%`;
  const wide = (from: number, to: number) => `${Math.max(0, placeOf(to, view) - placeOf(from, view))}%`;
  return (
    <>
      <span
        className="absolute top-2 h-3 min-w-0.5 rounded-xs opacity-35"
        style={{ left: at(node.start), width: wide(node.start, node.end), background: colour }}
      />
      {joinStretches(own, gap)
        .slice(0, mostStretches)
        .map(({ from, to }) => (
          <span
            key={from}
            className="absolute top-2 h-3 min-w-px rounded-xs"
            style={{ left: at(from), width: wide(from, to), background: colour }}
          />
        ))}
      {joinStretches(critical ?? [], gap)
        .slice(0, mostStretches)
        .map(({ from, to }) => (
          <span
            key={from}
            className="absolute top-5.5 h-0.5 min-w-px bg-ink"
            style={{ left: at(from), width: wide(from, to) }}
          />
        ))}
      {node.span.events.slice(0, mostStretches).map((event, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: events have no identity and never move
          key={index}
          className="absolute top-1.5 h-4 w-0.5 -translate-x-1/2 bg-ink"
          style={{ left: at(Number(BigInt(event.timeNs) - BigInt(traceStartNs))) }}
        />
      ))}
      {logs.slice(0, mostStretches).map((time, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          key={index}
          className="absolute top-0.5 size-1 -translate-x-1/2 rounded-full bg-accent"
          style={{ left: at(time) }}
        />
      ))}
      <span
        // On a ground of its own: it may lie on a bar of any colour.
        className="absolute top-1.5 rounded bg-surface px-1 font-mono text-2xs whitespace-nowrap text-ink"
        style={placeLabel(left, right, label)}
      >
        {label}
      </span>
    </>
  );
});
