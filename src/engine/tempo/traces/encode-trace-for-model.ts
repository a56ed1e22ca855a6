import type { Pace } from '../../pace/pace';
import type { StoredAttribute } from '../../store/reader/reader';
import type { LoadedSpan, LoadedTrace } from '../store/loaded-trace';
import { formatSpanId, formatTraceId } from '../store/trace-id';
import type { AnswerBytes } from './answer-bytes';
import { groupSpans } from './group-spans';

/**
 * Adds a trace as Tempo writes it for language models: by service, attributes as plain members, ids in hex, durations in
 * milliseconds. Throws `AnswerTooLarge`.
 */
export async function encodeTraceForModel(trace: LoadedTrace, answer: AnswerBytes, pace: Pace): Promise<void> {
  answer.add(`{"trace":{"traceId":"${formatTraceId(trace)}","services":`);
  let separator = '[';
  for (const { resource, scopes } of await groupSpans(trace, pace)) {
    const attributes = resource?.attributes ?? [];
    const service = attributes.find(({ key, kind }) => key === 'service.name' && kind === 1);
    answer.add(
      separator +
        openObject({
          serviceName: service && service.text !== '' && JSON.stringify(service.text),
          resource: members(attributes.filter(({ key }) => key !== 'service.name')),
        }),
    );
    answer.add('"scopes":');
    separator = '[';
    for (const { scope, spans } of scopes) {
      answer.add(
        `${separator}${openObject({ name: scope?.name && JSON.stringify(scope.name), version: scope?.version && JSON.stringify(scope.version) })}"spans":`,
      );
      separator = '[';
      for (const span of spans) {
        answer.add(separator + encodeSpan(span));
        separator = ',';
        if (pace.isDue()) await pace.turn();
      }
      answer.add(']}');
      separator = ',';
    }
    answer.add(']}');
    separator = ',';
  }
  answer.add(']}}');
}

const KINDS = ['', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const CODES = ['UNSET', 'OK', 'ERROR'];

function encodeSpan(span: LoadedSpan): string {
  const { sentStartNs: start, sentEndNs: end } = span;
  const duration = start > 0n && end > 0n ? Number(end - start) / 1e6 : 0;
  const kind = KINDS[span.kind];
  return `${openObject({
    spanId: JSON.stringify(formatSpanId(span.spanId)),
    name: JSON.stringify(span.name),
    parentSpanId: span.parentId !== 0n && JSON.stringify(formatSpanId(span.parentId)),
    kind: kind && `"SPAN_KIND_${kind}"`,
    startTimeUnixNano: nanos(start),
    endTimeUnixNano: nanos(end),
    durationMs: duration !== 0 && String(duration),
    attributes: members(span.attributes),
    events: list(span.events, (event) => ({
      name: JSON.stringify(event.name),
      timeUnixNano: nanos(event.timeNs),
      attributes: members(event.attributes),
    })),
    links: list(span.links, (link) => ({
      traceId: JSON.stringify(formatTraceId(link)),
      spanId: JSON.stringify(formatSpanId(link.spanId)),
      attributes: members(link.attributes),
    })),
  })}"status":{"code":"STATUS_CODE_${CODES[span.status] ?? 'UNSET'}","message":${JSON.stringify(
    span.status === 0 ? '' : span.statusMessage,
  )}}}`;
}

/** Text of JSON by name; what is empty is left out. */
type Members = Readonly<Record<string, string | false | undefined>>;

/** With a comma behind every member, for those that follow. */
function openObject(fields: Members): string {
  return `{${entries(fields)
    .map((entry) => `${entry},`)
    .join('')}`;
}

function entries(fields: Members): string[] {
  return Object.entries(fields).flatMap(([name, value]) => (value ? [`${JSON.stringify(name)}:${value}`] : []));
}

function list<Item>(items: readonly Item[], read: (item: Item) => Members): string {
  return items.length === 0 ? '' : `[${items.map((item) => `{${entries(read(item)).join(',')}}`).join(',')}]`;
}

/** Attributes as members of an object, each key once. */
function members(attributes: readonly StoredAttribute[]): string {
  const byKey = new Map(attributes.map((attribute) => [attribute.key, plainValue(attribute)]));
  if (byKey.size === 0) return '';
  return `{${Array.from(byKey, ([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}

/** A value as the store keeps it, as text of JSON: 64-bit integers keep their digits. */
function plainValue({ kind, text }: StoredAttribute): string {
  if (kind === 0) return 'null';
  if (kind === 2 || kind === 3) return text;
  if (kind === 4) return Number.isFinite(Number(text)) ? String(Number(text)) : JSON.stringify(text);
  if (kind === 7) return JSON.stringify(Buffer.from(text, 'base64').toString('hex'));
  // One that was cut for its length is no JSON any more.
  if ((kind === 5 || kind === 6) && isJson(text)) return text;
  return JSON.stringify(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function nanos(time: bigint): string {
  return time === 0n ? '' : `"${time}"`;
}
