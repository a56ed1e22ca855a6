import type { Evidence } from '../runs/finding';
import type { TraceView } from '../shapes/trace-view';

/** One half of a call over HTTP; times are Unix nanoseconds, as near as a number tells them. */
export interface Half {
  readonly side: 'call' | 'begun';
  readonly asked: string;
  /** 0 where it is not told. */
  readonly port: number;
  readonly service: string;
  readonly start: number;
  readonly end: number;
  readonly evidence: Evidence;
}

const mostOfTrace = 100;

/** Calls below which there is nothing, and requests with which a trace begins; at most 100. */
export function halvesOf(view: TraceView): Half[] {
  const halves: Half[] = [];
  const { nodes } = view.layout;
  const began = Number(view.layout.startNs);
  for (let position = 0; position < nodes.length && halves.length < mostOfTrace; position++) {
    const { path, method, health, call } = view.readings[position]!;
    const { span, children, parent, orphan, start } = nodes[position]!;
    if (path === '' || method === '' || health || span.timing !== undefined) continue;
    const isCall = call === 'http' && children.length === 0;
    if (!isCall && !(span.kind === 'server' && parent === -1 && !orphan)) continue;
    const { startNs, durationNs } = span;
    halves.push({
      side: isCall ? 'call' : 'begun',
      asked: `${method} ${path}`,
      port: view.readings[position]!.port,
      service: span.service,
      start: began + start,
      end: began + start + durationNs,
      evidence: { traceId: view.traceId, spanIds: [span.spanId], count: 1, startNs, durationNs },
    });
  }
  return halves;
}
