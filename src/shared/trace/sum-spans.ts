import { groupBy } from '../group-by';
import type { TraceLayout } from './layout-trace';

/** What a group of a trace's spans comes to; times are nanoseconds. */
export interface SpanSums {
  readonly label: string;
  /** Of all of them; undefined where they are of several. */
  readonly service: string | undefined;
  /** Positions in `TraceLayout.nodes`. */
  readonly positions: readonly number[];
  readonly total: number;
  readonly own: number;
  /** Of the own time of all spans, 0 to 1. */
  readonly share: number;
  readonly median: number;
  readonly longest: number;
  readonly failed: number;
}

/** Spans in groups by the label that each is given, in the order of first sight; null leaves a span out. `own`: by position. */
export function sumSpans(
  { nodes }: TraceLayout,
  own: readonly number[],
  labelOf: (position: number) => string | null,
): SpanSums[] {
  const all = own.reduce((sum, time) => sum + time, 0);
  const labelled = nodes.flatMap((_, position) => {
    const label = labelOf(position);
    return label === null ? [] : [{ position, label }];
  });
  return [...groupBy(labelled, ({ label }) => label)].map(([label, members]) => {
    const positions = members.map(({ position }) => position);
    const durations = positions.map((position) => nodes[position]!.span.durationNs).sort((a, b) => a - b);
    const ownTime = positions.reduce((sum, position) => sum + own[position]!, 0);
    const services = new Set(positions.map((position) => nodes[position]!.span.service));
    return {
      label,
      service: services.size === 1 ? [...services][0] : undefined,
      positions,
      total: durations.reduce((sum, duration) => sum + duration, 0),
      own: ownTime,
      share: all === 0 ? 0 : ownTime / all,
      median: durations[(durations.length - 1) >> 1]!,
      longest: durations.at(-1)!,
      failed: positions.filter((position) => nodes[position]!.span.status.code === 'error').length,
    };
  });
}
