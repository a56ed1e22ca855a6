import type { StoredAttribute } from '../../../store/reader/reader';
import { DURATION_UNKNOWN } from '../../../store/reader/span-times';
import {
  type LoadedEvent,
  type LoadedLink,
  type LoadedSpan,
  type LoadedTrace,
  serviceOf,
} from '../../store/loaded-trace';
import { formatSpanId, formatTraceId, stripZeros } from '../../store/trace-id';
import type { Attribute, Field, Intrinsic } from '../ast';
import { duration, int, kindNames, type Static, statusNames, string } from '../static-value';
import { toStatic } from '../to-static';
import { SpanTree } from './span-tree';

/** The event and the link that a field means where it does not mean any of the span's. */
export interface Parts {
  readonly event?: LoadedEvent;
  readonly link?: LoadedLink;
}

/** The values of a field: none where it is missing, several of events, links and keys that were sent twice. */
export function fieldValues(field: Field, trace: LoadedTrace, span: LoadedSpan, parts: Parts = {}): readonly Static[] {
  const events = parts.event ? [parts.event] : span.events;
  const links = parts.link ? [parts.link] : span.links;
  return field.type === 'attribute'
    ? attributeValues(field, span, events, links)
    : intrinsicValues(field.name, trace, span, events, links);
}

function attributeValues(
  { scope, name }: Attribute,
  span: LoadedSpan,
  events: readonly LoadedEvent[],
  links: readonly LoadedLink[],
): readonly Static[] {
  switch (scope) {
    case 'span':
      return named(span.attributes, name);
    case 'resource':
      return resourceValues(name, span);
    case 'event':
      return events.flatMap((event) => named(event.attributes, name));
    case 'link':
      return links.flatMap((link) => named(link.attributes, name));
    case 'instrumentation':
      return named(span.scope?.attributes ?? [], name);
    default: {
      const own = named(span.attributes, name);
      return own.length > 0 ? own : resourceValues(name, span);
    }
  }
}

function resourceValues(name: string, span: LoadedSpan): readonly Static[] {
  if (name === 'service.name') return [string(serviceOf(span))];
  return named(span.resource?.attributes ?? [], name);
}

function named(attributes: readonly StoredAttribute[], name: string): Static[] {
  // OTLP forbids a key twice, senders do it: every value counts, as in the SQL over the lists.
  return attributes
    .filter((attribute) => attribute.key === name)
    .map(toStatic)
    .filter((value) => value.type !== 'nil');
}

function intrinsicValues(
  name: Intrinsic,
  trace: LoadedTrace,
  span: LoadedSpan,
  events: readonly LoadedEvent[],
  links: readonly LoadedLink[],
): readonly Static[] {
  switch (name) {
    case 'duration':
      // Of a span that is not finished, or whose clock was off, nothing is known.
      return (span.times & DURATION_UNKNOWN) === 0 ? [duration(BigInt(span.durationNs))] : [];
    case 'name':
      return [string(span.name)];
    case 'status':
      return [{ type: 'status', value: statusNames[span.status] ?? 'unset' }];
    case 'statusMessage':
      return [string(span.statusMessage)];
    case 'kind':
      return [{ type: 'kind', value: kindNames[span.kind] ?? 'unspecified' }];
    case 'rootName':
      return [string(trace.root?.name ?? '')];
    case 'rootServiceName':
      return [string(trace.root ? serviceOf(trace.root) : '')];
    case 'traceDuration':
      return [duration(BigInt(trace.durationNs))];
    case 'nestedSetLeft':
    case 'nestedSetRight':
    case 'nestedSetParent':
      return [int(BigInt(SpanTree.now(trace).bound(name, span)))];
    case 'trace:id':
      return [string(stripZeros(formatTraceId(trace)))];
    case 'span:id':
      return [string(formatSpanId(span.spanId))];
    case 'span:parentID':
      // Of a root, as in Tempo, sixteen zeros.
      return [string(formatSpanId(span.parentId))];
    case 'span:childCount':
      return [int(BigInt(trace.childCounts.get(span.spanId) ?? 0))];
    case 'event:name':
      return events.map((event) => string(event.name));
    case 'event:timeSinceStart':
      return events.map((event) => duration(event.timeNs < span.startNs ? 0n : event.timeNs - span.startNs));
    case 'link:traceID':
      return links.map((link) => string(stripZeros(formatTraceId(link))));
    case 'link:spanID':
      return links.map((link) => string(formatSpanId(link.spanId)));
    case 'instrumentation:name':
      return span.scope ? [string(span.scope.name)] : [];
    case 'instrumentation:version':
      return span.scope ? [string(span.scope.version)] : [];
  }
}
