import type { Attribute, LogRecord, Span } from '../contract/telemetry';
import { nanosBetween } from '../nanos-between';
import type { TraceLayout } from './layout-trace';
import { topFrames } from './top-frames';

/** Something that went wrong in a trace: an exception, or a span that failed without one. */
export interface Failure {
  /** `TypeError: no price`; empty where there was no exception. */
  readonly what: string;
  readonly stack: string;
  /** Nanoseconds after the start of the trace. */
  readonly at: number;
  readonly service: string;
  readonly span: Span | null;
  /** Names of the spans through which the same exception went on. */
  readonly through: readonly string[];
}

/**
 * What went wrong, where it began first: exceptions of spans, then those that log lines alone tell of, then spans that
 * failed without an exception. One exception that many spans recorded is one failure, at the deepest of them.
 */
export function findFailures({ nodes, startNs }: TraceLayout, logs: readonly LogRecord[]): Failure[] {
  const found = new Map<string, Failure>();
  const told = new Set<Span>();
  const deepestFirst = [...nodes].sort((a, b) => b.depth - a.depth || a.start - b.start);
  for (const { span, start } of deepestFirst) {
    for (const { name, timeNs, attributes } of span.events) {
      const exception = name === 'exception' ? readException((key) => textOf(attributes, `exception.${key}`)) : null;
      if (!exception) continue;
      const known = found.get(exception.key);
      told.add(span);
      if (known) found.set(exception.key, { ...known, through: [...known.through, span.name] });
      else {
        const at = timeNs === '0' ? start : nanosBetween(startNs, timeNs);
        const { what, stack } = exception;
        found.set(exception.key, { what, stack, at, service: span.service, span, through: [] });
      }
    }
  }
  const byId = new Map(nodes.map(({ span }) => [span.spanId, span]));
  for (const { labels, timeNs, service, spanId } of logs) {
    const exception = readException((key) => labels[`exception_${key}`] ?? '');
    if (!exception || found.has(exception.key)) continue;
    const span = (spanId && byId.get(spanId)) || null;
    if (span) told.add(span);
    const { what, stack } = exception;
    found.set(exception.key, { what, stack, at: nanosBetween(startNs, timeNs), service, span, through: [] });
  }
  // A span that failed because one below it did says nothing new.
  const above = new Set<number>();
  for (const node of nodes) {
    if (node.span.status.code !== 'error') continue;
    for (let at = node.parent; at >= 0 && !above.has(at); at = nodes[at]!.parent) above.add(at);
  }
  const bare = nodes.flatMap(({ span, start }, position): Failure[] =>
    span.status.code === 'error' && !told.has(span) && !above.has(position)
      ? [{ what: '', stack: '', at: start, service: span.service, span, through: [] }]
      : [],
  );
  const byTime = (a: Failure, b: Failure) => a.at - b.at;
  return [...[...found.values()].sort(byTime), ...bare.sort(byTime)];
}

/** `key`: of one exception, however often it was recorded; SDKs write its message in different ways. */
function readException(read: (key: string) => string): { what: string; stack: string; key: string } | null {
  const [type, message, stack] = [read('type'), read('message'), read('stacktrace')];
  const what = [type, message].filter(Boolean).join(': ') || (stack.trim().split('\n')[0] ?? '');
  const [frame] = topFrames(stack);
  return what === '' ? null : { what, stack, key: frame === undefined ? what : `${type} ${frame}` };
}

function textOf(attributes: readonly Attribute[], key: string): string {
  const value = attributes.find((each) => each.key === key)?.value;
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
