import type { Trace } from '../contract/telemetry';
import type { ClockSkew } from './find-clock-skew';
import type { TraceLayout } from './layout-trace';

/** Nanoseconds by which the clock of a service is taken to be ahead of that of the first root's; 0 is left out. */
export type ClockOffsets = ReadonlyMap<string, number>;

/**
 * How far clocks are off from that of the service where the trace begins, along the calls from service to service: by what was found
 * between two, and not at all where nothing was.
 */
export function findClockOffsets({ nodes }: TraceLayout, skews: readonly ClockSkew[]): ClockOffsets {
  const offsets = new Map<string, number>();
  const found = new Map(
    skews.flatMap(({ ahead, behind, by }) => [
      [JSON.stringify([behind, ahead]), by] as const,
      [JSON.stringify([ahead, behind]), -by] as const,
    ]),
  );
  // Depth-first order: a parent comes before its children.
  for (const { span, parent } of nodes) {
    if (offsets.has(span.service)) continue;
    const above = nodes[parent]?.span.service;
    const between = above === undefined ? 0 : (found.get(JSON.stringify([above, span.service])) ?? 0);
    offsets.set(span.service, (above === undefined ? 0 : offsets.get(above)!) + between);
  }
  return new Map([...offsets].filter(([, offset]) => offset !== 0));
}

/** The trace as if all clocks showed the same time; what was sent is not changed. */
export function correctClocks(trace: Trace, offsets: ClockOffsets): Trace {
  if (offsets.size === 0) return trace;
  return {
    ...trace,
    spans: trace.spans.map((span) => {
      const offset = offsets.get(span.service);
      if (offset === undefined) return span;
      return {
        ...span,
        startNs: earlier(span.startNs, offset),
        events: span.events.map((event) =>
          event.timeNs === '0' ? event : { ...event, timeNs: earlier(event.timeNs, offset) },
        ),
      };
    }),
  };
}

/** Unix nanoseconds by so many earlier, never before 1970. */
function earlier(timeNs: string, by: number): string {
  const time = BigInt(timeNs) - BigInt(Math.round(by));
  return String(time > 0n ? time : 0n);
}
