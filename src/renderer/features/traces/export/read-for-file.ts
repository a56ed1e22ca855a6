import type { Attribute, LogRecord, Trace } from '../../../../shared/contract/telemetry';
import { lineText } from '../../../../shared/line-text';
import { nanosBetween } from '../../../../shared/nanos-between';
import { showPlainText } from '../../../../shared/show-plain-text';
import { timingLabels } from '../../../../shared/trace/describe-timing';
import { findCriticalPath } from '../../../../shared/trace/find-critical-path';
import { layoutTrace } from '../../../../shared/trace/layout-trace';

/** A file of more opens slowly in a browser. */
const mostSpans = 50_000;
const mostLines = 5_000;
/** Longer values show their beginning. */
const mostCharacters = 32 * 1024;

type Pair = readonly [string, Attribute['value']];

/** What stands in the file, in the words of its script; times are nanoseconds after the start of the trace. */
export interface FileTrace {
  /** What the time axis spans, at least 1. */
  readonly duration: number;
  readonly services: readonly { readonly name: string; readonly spans: number }[];
  readonly resources: readonly (readonly Pair[])[];
  /** In the order of the waterfall; `below` spans follow each. */
  readonly spans: readonly FileSpan[];
  readonly logs: readonly { span: string; at: number; level: string; text: string }[];
}

interface FileSpan {
  readonly id: string;
  readonly name: string;
  /** Index of its service. */
  readonly service: number;
  readonly depth: number;
  readonly parent: number;
  readonly below: number;
  readonly start: number;
  readonly duration: number;
  /** In place of the duration, where it is not known. */
  readonly timing: string;
  /** When the trace waited for this very span: pairs of begin and end. */
  readonly critical: readonly (readonly [number, number])[];
  readonly failed: boolean;
  readonly kind: string;
  readonly status: string;
  readonly message: string;
  readonly scope: string;
  readonly resource: number;
  readonly attributes: readonly Pair[];
  readonly events: readonly { name: string; at: number; attributes: readonly Pair[] }[];
  readonly links: readonly { traceId: string; spanId: string; attributes: readonly Pair[] }[];
}

/** What is left out of the file. */
export interface FileCut {
  readonly spans: number;
  readonly lines: number;
  readonly values: number;
}

interface ReadTrace {
  readonly file: FileTrace;
  readonly cut: FileCut;
  /** Names of `file.services` as they came. */
  readonly serviceNames: readonly string[];
  /** Nanoseconds. */
  readonly lasted: number;
}

/** A trace and its log lines as a file holds them: control characters visible, long values shortened, the first of many spans. */
export function readForFile(trace: Trace, logs: readonly LogRecord[], most = mostSpans): ReadTrace {
  let values = 0;
  const shown = (text: string): string => {
    if (text.length > mostCharacters) values += 1;
    const rest = text.length - mostCharacters;
    return showPlainText(text.slice(0, mostCharacters)) + (rest > 0 ? ` … ${rest} more characters` : '');
  };
  const pairs = (attributes: readonly Attribute[]): Pair[] =>
    attributes.map(({ key, value }) => [
      shown(key),
      typeof value === 'string' ? shown(value) : typeof value === 'object' ? shown(JSON.stringify(value)) : value,
    ]);
  // The spans nearest to the roots say most: deeper ones are left out first, and none without its parent.
  const whole = layoutTrace(trace);
  const kept = keepShallow(
    whole.nodes.map(({ depth }) => depth),
    most,
  );
  const layout =
    kept === null
      ? whole
      : layoutTrace({ ...trace, spans: whole.nodes.flatMap(({ span }, at) => (kept[at] ? [span] : [])) });
  const critical = findCriticalPath(layout);
  const services = new Map<string, { index: number; spans: number }>();
  for (const { span } of layout.nodes) {
    const known = services.get(span.service);
    if (known) known.spans += 1;
    else services.set(span.service, { index: services.size, spans: 1 });
  }
  const spans = layout.nodes.map(
    ({ span, depth, parent, start, descendants }, at): FileSpan => ({
      id: span.spanId,
      name: shown(span.name),
      service: services.get(span.service)!.index,
      ...{ depth, parent, below: descendants, start },
      duration: span.durationNs,
      timing: span.timing ? timingLabels[span.timing] : '',
      critical: (critical.get(at) ?? []).map(({ from, to }) => [from, to] as const),
      failed: span.status.code === 'error',
      kind: span.kind,
      status: span.status.code,
      message: shown(span.status.message),
      scope: shown([span.scope.name, span.scope.version].filter(Boolean).join(' ')),
      resource: span.resource,
      attributes: pairs(span.attributes),
      events: span.events.map((event) => ({
        name: shown(event.name),
        at: event.timeNs === '0' ? 0 : Math.max(0, nanosBetween(layout.startNs, event.timeNs)),
        attributes: pairs(event.attributes),
      })),
      links: span.links.map(({ traceId, spanId, attributes }) => ({ traceId, spanId, attributes: pairs(attributes) })),
    }),
  );
  const lines = logs.slice(0, mostLines).map((log) => ({
    span: log.spanId ?? '',
    at: nanosBetween(layout.startNs, log.timeNs),
    level: log.level,
    text: shown(lineText(log)),
  }));
  return {
    file: {
      duration: layout.duration,
      services: [...services].map(([name, { spans }]) => ({ name: shown(name), spans })),
      resources: trace.resources.map(({ attributes }) => pairs(attributes)),
      spans,
      logs: lines,
    },
    serviceNames: [...services.keys()],
    lasted: layout.lasted,
    cut: { spans: (trace.total ?? trace.spans.length) - spans.length, lines: logs.length - lines.length, values },
  };
}

/** By depth, so that at most `most` are kept; null where all are. */
function keepShallow(depths: readonly number[], most: number): boolean[] | null {
  if (depths.length <= most) return null;
  const order = depths.map((_, at) => at).sort((a, b) => depths[a]! - depths[b]! || a - b);
  const kept = depths.map(() => false);
  for (const at of order.slice(0, most)) kept[at] = true;
  return kept;
}
