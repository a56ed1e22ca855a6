import type { LogRecord } from '../../contract/telemetry';
import type { SpanNode, TraceLayout } from '../../trace/layout-trace';
import { entriesOf } from './entries-of';
import { findOutcomes } from './find-outcomes';
import { isAnswer } from './read-conversation';
import { readSpans } from './read-spans';
import { sumModels } from './sum-models';
import type { Conversation, TurnEntry } from './turn';

/**
 * What one span says by itself, with the whole history that it has; no turn where it says nothing of this kind. What became of its
 * calls of tools is told by the spans around it, and stands with its call alone.
 */
export function readSpanConversation(
  layout: TraceLayout,
  { span: sent }: SpanNode,
  logs: readonly LogRecord[],
): Conversation {
  const spans = readSpans(layout, logs);
  const { byCall } = findOutcomes(spans);
  const read = spans.find(({ span }) => span.spanId === sent.spanId);
  if (!read) return { turns: [], outcomes: byCall, models: [], tools: 0 };
  const { span } = read;
  const calls = [...span.input, ...span.output]
    .flatMap(({ parts }) => parts)
    .filter((part) => part.kind === 'tool-call');
  const asked = new Set(calls.map(({ id }) => id));
  const isToldWithCall = (id: string) => asked.has(id) && byCall.get(id)?.result != null;
  const entries: TurnEntry[] = span.tool
    ? [{ kind: 'tool', run: span.tool }]
    : entriesOf(span).filter(({ message }) => !isAnswer(message, isToldWithCall));
  const tools = span.tool ? 1 : calls.length;
  return { turns: [{ ...read, entries }], outcomes: byCall, models: sumModels([span]), tools };
}
