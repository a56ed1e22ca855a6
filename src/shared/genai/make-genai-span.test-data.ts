import type { Attribute, Span, Trace } from '../contract/telemetry';
import type { GenAiSpan, Message, Part } from './conversation';
import { readGenAiSpan } from './read-genai-span';

type Values = Readonly<Record<string, Attribute['value']>>;

export interface MadeSpan {
  readonly id?: string;
  readonly parent?: string;
  readonly name?: string;
  /** Milliseconds after the start of the trace. */
  readonly at?: number;
  readonly ms?: number;
  readonly error?: string;
  readonly attributes?: Values;
  readonly events?: readonly { readonly name: string; readonly attributes: Values }[];
}

function attributesOf(values: Values): Attribute[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}

/** A span of a chat application. */
export function makeGenAiSpan(made: MadeSpan): Span {
  const { id = 'chat', parent = '', name = 'chat', at = 0, ms = 100, error, attributes = {}, events = [] } = made;
  return {
    spanId: id,
    parentSpanId: parent,
    name,
    service: 'assistant',
    kind: 'client',
    status: error === undefined ? { code: 'unset', message: '' } : { code: 'error', message: error },
    startNs: String(1_790_000_000_000_000_000n + BigInt(at) * 1_000_000n),
    durationNs: ms * 1e6,
    attributes: attributesOf(attributes),
    resource: 0,
    scope: { name: 'test', version: '' },
    events: events.map((event) => ({
      timeNs: '1790000000000000000',
      name: event.name,
      attributes: attributesOf(event.attributes),
    })),
    links: [],
  };
}

export function makeGenAiTrace(...spans: readonly MadeSpan[]): Trace {
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    resources: [{ attributes: [] }],
    spans: spans.map(makeGenAiSpan),
  };
}

/** What a span of these attributes says. */
export function readMade(attributes: Values, more: Omit<MadeSpan, 'attributes'> = {}): GenAiSpan {
  const read = readGenAiSpan(makeGenAiSpan({ ...more, attributes }));
  if (!read) throw new Error('the span says nothing about generative AI');
  return read;
}

/** Messages in short: `user: text`, `assistant: call get_weather {"city":"Paris"}`. */
export function tell(messages: readonly Message[]): string[] {
  return messages.map(({ role, parts }) => `${role}: ${parts.map(tellPart).join(' | ')}`);
}

export function tellPart(part: Part): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'reasoning':
      return `(${part.text})`;
    case 'tool-call':
      return `call ${[part.id, part.name, part.given.text].filter(Boolean).join(' ')}`;
    case 'tool-result':
      return `${part.failed ? 'failed' : 'result'} ${[part.id, part.name, part.result.text].filter(Boolean).join(' ')}`;
    case 'media':
      return `${part.what} ${[part.type, part.bytes, part.name].join(' ')}`;
    case 'unknown':
      return `unknown ${part.type} ${part.content.text}`;
  }
}
